using Google.Protobuf;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Makes attributes; each bears its type, without which readers ignore or refuse it.</summary>
public static class Attributes
{
    /// <summary>A whole number.</summary>
    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, Type = AttributeType.Int, I = value };

    /// <summary>A real number.</summary>
    public static AttributeProto Float(string name, float value) =>
        new() { Name = name, Type = AttributeType.Float, F = value };

    /// <summary>A text.</summary>
    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>A list of whole numbers.</summary>
    public static AttributeProto Ints(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.AddRange(values.ToArray());
        return attribute;
    }

    /// <summary>A list of texts.</summary>
    public static AttributeProto Texts(string name, IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }
}
