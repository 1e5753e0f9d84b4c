using System.Globalization;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>
/// An attribute and the value that it has to have; lists are joined by commas. It may be left out where that is its
/// default.
/// </summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Value">What it has to be.</param>
/// <param name="Default">What it is where it is left out; null for an attribute that has to be there.</param>
internal sealed record ExpectedAttribute(string Name, string Value, string? Default = null)
{
    internal static ExpectedAttribute Number(string name, long value, long? otherwise = null) => new(
        name, value.ToString(CultureInfo.InvariantCulture), otherwise?.ToString(CultureInfo.InvariantCulture));

    internal static ExpectedAttribute Numbers(string name, params ReadOnlySpan<long> values) =>
        new(name, string.Join(',', values.ToArray()));

    /// <summary>The value of an attribute as this record has it.</summary>
    internal static string ValueOf(AttributeProto attribute) => attribute.Type switch
    {
        AttributeType.Int => attribute.I.ToString(CultureInfo.InvariantCulture),
        AttributeType.Float => attribute.F.ToString("R", CultureInfo.InvariantCulture),
        AttributeType.String => attribute.S.ToStringUtf8(),
        AttributeType.Ints => string.Join(',', attribute.Ints),
        AttributeType.Strings => string.Join(',', attribute.Strings.Select(text => text.ToStringUtf8())),
        var type => $"of type {type}",
    };
}
