using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>The element types that both TorchSharp and ONNX have.</summary>
internal static class ElementTypeMap
{
    private static readonly (ScalarType Torch, DataType Onnx)[] Pairs =
    [
        (ScalarType.Float32, DataType.Float), (ScalarType.Float64, DataType.Double),
        (ScalarType.Float16, DataType.Float16), (ScalarType.BFloat16, DataType.Bfloat16),
        (ScalarType.Int64, DataType.Int64), (ScalarType.Int32, DataType.Int32),
        (ScalarType.Int16, DataType.Int16), (ScalarType.Int8, DataType.Int8), (ScalarType.Byte, DataType.Uint8),
        (ScalarType.Bool, DataType.Bool),
    ];

    internal static DataType ToOnnx(ScalarType type)
    {
        var found = Array.Find(Pairs, pair => pair.Torch == type).Onnx;
        return found != DataType.Undefined ? found : throw new NotSupportedException(
            $"Elements are of type {type}, " +
            $"but one of {string.Join(", ", Pairs.Select(pair => pair.Torch))} was expected.");
    }

    internal static ScalarType ToTorch(DataType type) => Array.Exists(Pairs, pair => pair.Onnx == type)
        ? Array.Find(Pairs, pair => pair.Onnx == type).Torch
        : throw new NotSupportedException($"TorchSharp has no tensors of type {type}.");
}
