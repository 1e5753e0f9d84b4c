using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>What inference knows of a value.</summary>
/// <param name="Element">The type of the elements.</param>
/// <param name="Shape">The dimensions, or null where even their number is unknown.</param>
/// <param name="Sizes">What a value that was computed from shapes holds, or null for any other.</param>
internal sealed record TensorType(
    DataType Element, IReadOnlyList<Dimension>? Shape, IReadOnlyList<Dimension>? Sizes = null)
{
    internal bool HasNegativeSize => Shape?.Any(dimension => dimension.Size < 0) == true;

    /// <summary>The declared type, or null where it is no tensor with an element type.</summary>
    internal static TensorType? Of(ValueInfoProto info) =>
        info.Type?.TensorType is { } tensor && ElementTypes.IsElement(tensor.ElemType)
            ? new TensorType((DataType)tensor.ElemType, ValueInfos.ShapeOf(tensor))
            : null;

    internal static string Format(IEnumerable<Dimension>? shape) =>
        shape is null ? "[...]" : $"[{string.Join(", ", shape)}]";

    public override string ToString() => $"{ElementTypes.NameOf((int)Element)} {Format(Shape)}";
}
