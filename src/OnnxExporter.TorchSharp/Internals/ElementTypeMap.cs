using static OnnxSentiment.OnnxExporter.Proto.TensorProto.Types;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals;

/// <summary>The element types that both TorchSharp and ONNX have.</summary>
internal static class ElementTypeMap
{
    private static readonly (ScalarType Torch, DataType Onnx)[] Pairs =
    [
        (ScalarType.Float32, DataType.Float), (ScalarType.Float64, DataType.Double), (ScalarType.Float16, DataType.Float16),
        (ScalarType.BFloat16, DataType.Bfloat16), (ScalarType.Int64, DataType.Int64), (ScalarType.Int32, DataType.Int32),
        (ScalarType.Int16, DataType.Int16), (ScalarType.Int8, DataType.Int8), (ScalarType.Byte, DataType.Uint8),
        (ScalarType.Bool, DataType.Bool),
    ];

    internal static DataType ToOnnx(ScalarType type) => Array.Find(Pairs, pair => pair.Torch == type) is { Onnx: not DataType.Undefined } found
        ? found.Onnx
        : throw new NotSupportedException($"ONNX graphs here have no elements of type {type}; expected one of {string.Join(", ", Pairs.Select(pair => pair.Torch))}.");

    internal static ScalarType ToTorch(DataType type) => Array.Find(Pairs, pair => pair.Onnx == type) is { Onnx: not DataType.Undefined } found
        ? found.Torch
        : throw new NotSupportedException($"TorchSharp has no tensors of type {type}.");
}
