using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>Weights of which each channel has one.</summary>
internal static class Channels
{
    /// <summary>
    /// <c>[channels, 1, 1 …]</c>, so that it broadcasts over data of a rank whose second dimension is that of the
    /// channels; one value for all channels is left as it is.
    /// </summary>
    internal static TensorProto Broadcast(TensorProto weights, int rank)
    {
        var shaped = weights.Clone();
        if (weights.Dims[0] > 1)
        {
            shaped.Dims.AddRange(Enumerable.Repeat(1L, Math.Max(0, rank - 2)));
        }

        return shaped;
    }
}
