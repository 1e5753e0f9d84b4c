using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>The types of the standard as text.</summary>
internal static class TypeText
{
    internal static string Format(TypeProto? type) => type?.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType =>
            $"{ElementTypes.NameOf(type.TensorType.ElemType)} {TensorType.Format(ValueInfos.ShapeOf(type.TensorType))}",
        TypeProto.ValueOneofCase.SparseTensorType =>
            $"sparse {ElementTypes.NameOf(type.SparseTensorType.ElemType)}",
        TypeProto.ValueOneofCase.SequenceType => $"sequence of {Format(type.SequenceType.ElemType)}",
        TypeProto.ValueOneofCase.OptionalType => $"optional {Format(type.OptionalType.ElemType)}",
        TypeProto.ValueOneofCase.MapType =>
            $"map from {ElementTypes.NameOf(type.MapType.KeyType)} to {Format(type.MapType.ValueType)}",
        TypeProto.ValueOneofCase.OpaqueType => $"opaque {type.OpaqueType.Domain}.{type.OpaqueType.Name}",
        _ => "unknown type",
    };
}
