using static TorchSharp.torch;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// The machine's yardstick: how fast libtorch multiplies two square matrices in single precision, on all cores. The
/// result goes to memory that is there already, so that nothing but the product is measured.
/// </summary>
internal sealed class MatrixProduct : IDisposable
{
    public const string Name = "matrix product";

    private const int Size = 1_024;
    private const double Operations = 2.0 * Size * Size * Size;

    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);

    private readonly Tensor _left;
    private readonly Tensor _right;
    private readonly Tensor _product;

    public MatrixProduct() => (_left, _right, _product) = (rand(Size, Size), rand(Size, Size), zeros(Size, Size));

    /// <summary>Operations a second, a multiplication and an addition counted as two.</summary>
    public double OperationsPerSecond()
    {
        // Contestants set it too, and it is one for all.
        set_num_threads(Environment.ProcessorCount);
        return Operations / Repeated.Seconds(Multiply, AtLeast);
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _product.Dispose();
    }

    private void Multiply()
    {
        using var _ = no_grad();
        _product.addmm_(_left, _right, beta: 0, alpha: 1);
    }
}
