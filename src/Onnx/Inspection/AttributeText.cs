using System.Globalization;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Attributes as text; tensors and graphs are named by their kind and size.</summary>
internal static class AttributeText
{
    internal static string Format(AttributeProto attribute)
    {
        var value = attribute.RefAttrName.Length > 0
            ? $"<attribute {attribute.RefAttrName} of the function>"
            : Value(attribute);
        return $"{attribute.Name}={value}";
    }

    private static string Value(AttributeProto attribute) => attribute.Type switch
    {
        AttributeType.Int => Number(attribute.I),
        AttributeType.Float => Number(attribute.F),
        AttributeType.String => attribute.S.ToStringUtf8(),
        AttributeType.Ints => List(attribute.Ints, value => Number(value)),
        AttributeType.Floats => List(attribute.Floats, value => Number(value)),
        AttributeType.Strings => List(attribute.Strings, value => value.ToStringUtf8()),
        AttributeType.Tensor => $"<{Tensor(attribute.T)}>",
        AttributeType.Graph => $"<graph of {attribute.G?.Node.Count ?? 0} nodes>",
        AttributeType.Graphs => $"<{attribute.Graphs.Count} graphs>",
        AttributeType.TypeProto => TypeText.Format(attribute.Tp),
        var type => $"<{type}>",
    };

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Tensor(TensorProto? tensor) =>
        tensor is null ? "no tensor" : $"{ElementTypes.NameOf(tensor.DataType)} [{string.Join(", ", tensor.Dims)}]";

    private static string List<T>(IList<T> values, Func<T, string> format) =>
        $"[{string.Join(", ", values.Select(format))}]";
}
