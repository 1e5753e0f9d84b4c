using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Turns a finished graph of single precision into another precision. Layers know nothing of it: what is rewritten is found
/// by operator, so that a new layer or another input needs no second version.
/// </summary>
internal static class PrecisionRewriter
{
    /// <summary>Rewrites the model in place and returns it.</summary>
    internal static ModelProto Apply(ModelProto model, Precision precision, int opset)
    {
        Action<GraphProto>? rewrite = precision switch
        {
            Precision.Float32 => null,
            Precision.Fp16 => HalfPrecision.Rewrite,
            Precision.Int8 => EightBit.Rewrite,
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
        };
        if (rewrite is null)
        {
            return model;
        }

        rewrite(model.Graph);
        model.Graph.ValueInfo.Clear();
        ValueInfoWriter.AddTo(model.Graph, opset);
        model.OpsetImport.Clear();
        model.OpsetImport.AddRange(Domains.Imports(model.Graph, opset));
        return model;
    }

    internal static bool IsFloat(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float;
}
