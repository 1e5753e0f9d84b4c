using OnnxSentiment.OnnxExporter.Graph;
using OnnxSentiment.OnnxExporter.Proto;
using OnnxSentiment.OnnxExporter.Validation;

namespace OnnxSentiment.OnnxExporter.Internals;

/// <summary>
/// Turns a finished graph of single precision into another precision. Layers know nothing of it: what is rewritten is found
/// by operator, so that a new layer or another input needs no second version.
/// </summary>
internal static class PrecisionRewriter
{
    /// <summary>The version of com.microsoft's operators; there has only been one.</summary>
    private const long ContribVersion = 1;

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
        if (precision == Precision.Int8 && model.OpsetImport.All(import => import.Domain != Operators.ContribDomain))
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = Operators.ContribDomain, Version = ContribVersion });
        }

        return model;
    }

    internal static bool IsFloat(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float;
}
