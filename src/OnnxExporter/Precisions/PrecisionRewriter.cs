using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Turns a finished graph of single precision into another precision. Layers know nothing of it: what is rewritten is
/// found by operator, so that a new layer or another input needs no second version.
/// </summary>
internal static class PrecisionRewriter
{
    /// <summary>Rewrites the graph in place and returns it.</summary>
    internal static GraphProto Apply(GraphProto graph, Precision precision)
    {
        Action<GraphProto> rewrite = precision switch
        {
            Precision.Fp16 => HalfPrecision.Rewrite,
            Precision.Int8 => EightBit.Rewrite,
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
        };
        rewrite(graph);
        return graph;
    }

    internal static bool IsFloat(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float;
}
