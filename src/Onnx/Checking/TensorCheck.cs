using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Constants whose bytes are as many as their shape and type take.</summary>
internal static class TensorCheck
{
    internal static void Run(GraphProto graph, ProblemList problems)
    {
        foreach (var tensor in graph.Initializer)
        {
            Check(tensor, problems);
        }

        foreach (var sparse in graph.SparseInitializer)
        {
            problems.Type($"sparse initializer '{sparse.Values?.Name}' was found, but only dense ones were expected.");
        }
    }

    private static void Check(TensorProto tensor, ProblemList problems)
    {
        var place = $"initializer '{tensor.Name}'";
        if (ElementTypes.Bits(tensor.DataType) is not { } bits)
        {
            problems.Type(
                $"{place} is of {ElementTypes.NameOf(tensor.DataType)}, but a number or Boolean was expected.");
        }
        else if (tensor.DataLocation == DataLocation.External)
        {
            problems.Shape($"{place} lies in another file, but data inside this one was expected.");
        }
        else if (Dimensions.Product(tensor.Dims) is not { } count || count > long.MaxValue / bits)
        {
            problems.Shape($"{place} has the shape [{string.Join(", ", tensor.Dims)}], which no tensor can have.");
        }
        else if (tensor.HasRawData)
        {
            CheckLength(place, "bytes", tensor.RawData.Length, ((count * bits) + 7) / 8, tensor, problems);
        }
        else
        {
            CheckLength(place, "values", TypedCount(tensor), count, tensor, problems);
        }
    }

    private static long TypedCount(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float => tensor.FloatData.Count,
        DataType.Double => tensor.DoubleData.Count,
        DataType.Int64 => tensor.Int64Data.Count,
        DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
        DataType.Complex64 => tensor.FloatData.Count / 2,
        DataType.Complex128 => tensor.DoubleData.Count / 2,
        DataType.Int4 or DataType.Uint4 or DataType.Float4E2M1 => tensor.Int32Data.Count * 2L,
        DataType.Int2 or DataType.Uint2 => tensor.Int32Data.Count * 4L,
        _ => tensor.Int32Data.Count,
    };

    private static void CheckLength(
        string place, string unit, long found, long expected, TensorProto tensor, ProblemList problems)
    {
        if (found != expected)
        {
            problems.Shape(
                $"{place} has {found} {unit}, but {ElementTypes.NameOf(tensor.DataType)} " +
                $"[{string.Join(", ", tensor.Dims)}] was expected to have {expected}.");
        }
    }
}
