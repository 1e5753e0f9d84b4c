namespace OnnxSentiment.Runtime;

/// <summary>
/// With what a model is computed: its precision says how numbers are stored, this says how they are multiplied.
/// </summary>
public enum ComputeMode
{
    /// <summary>A CPU: products and sums in single precision.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU that keeps the precision of the factors.</summary>
    Cuda,

    /// <summary>
    /// An NVIDIA GPU that rounds the factors of single-precision products to TF32, 10 bits after the point.
    /// </summary>
    CudaTf32,
}
