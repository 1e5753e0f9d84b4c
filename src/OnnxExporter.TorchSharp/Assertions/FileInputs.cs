using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>What an ONNX file declares of its inputs, as an export would be told.</summary>
internal static class FileInputs
{
    /// <summary>The inputs in the order of the graph, without those that are weights.</summary>
    /// <exception cref="InvalidInputException">One is no tensor that TorchSharp has.</exception>
    internal static IReadOnlyList<OnnxInput> Of(GraphProto graph, string path)
    {
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return [.. graph.Input.Where(input => !weights.Contains(input.Name)).Select(input => ToInput(input, path))];
    }

    private static OnnxInput ToInput(ValueInfoProto declared, string path)
    {
        var shape = declared.Type?.TensorType is { } tensor ? ValueInfos.ShapeOf(tensor) : null;
        if (shape is null)
        {
            throw new InvalidInputException(
                $"The input '{declared.Name}' of '{path}' declares no shape of a tensor, so that no random input can " +
                "be made: give AssertOnnx the inputs.");
        }

        // A dimension without a name may be of any size, and is no other's.
        return new(
            declared.Name, TypeOf(declared, path),
            [.. shape.Select((dimension, i) => dimension.IsUnknown ? $"{declared.Name} dimension {i}" : dimension)]);
    }

    private static global::TorchSharp.torch.ScalarType TypeOf(ValueInfoProto declared, string path)
    {
        var type = (DataType)declared.Type.TensorType.ElemType;
        try
        {
            return ElementTypeMap.ToTorch(type);
        }
        catch (NotSupportedException e)
        {
            throw new InvalidInputException($"The input '{declared.Name}' of '{path}' is of {type}. {e.Message}", e);
        }
    }
}
