using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// What one input is given where its declared type and its use in the graph do not tell enough: values, a shape, or
/// both. Immutable.
/// </summary>
public sealed class InputRule
{
    /// <summary>The forms of a rule, for help and messages.</summary>
    public const string Forms =
        "name=0..9999 (numbers of a range, its ends included), name=normal, name=0|1 (one of these), name=file.npy " +
        "or .pb, name=[2,7] (a shape), or values and shape, as in ids=0..9999,[2,7]";

    private InputRule(string name, ValueSource? values, string? file, IReadOnlyList<Dimension>? shape) =>
        (Name, Values, File, Shape) = (name, values, file, shape);

    /// <summary>The input's name.</summary>
    public string Name { get; }

    internal ValueSource? Values { get; }

    internal string? File { get; }

    internal IReadOnlyList<Dimension>? Shape { get; }

    /// <summary>Reads a rule.</summary>
    /// <param name="text">One of <see cref="Forms"/>.</param>
    /// <exception cref="InvalidInputException">It is none of these.</exception>
    public static InputRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var split = text.IndexOf('=');
        if (split < 1 || split == text.Length - 1)
        {
            throw Wrong(text, "a name, '=' and values or a shape were expected");
        }

        var (name, rest) = (text[..split], text[(split + 1)..]);
        var bracket = rest.IndexOf('[');
        var shape = bracket < 0 ? null : ShapeOf(rest[bracket..], text);
        var values = (bracket < 0 ? rest : rest[..bracket]).Trim().TrimEnd(',').Trim();
        var isFile = ((string[])[".npy", ".pb"]).Any(end => values.EndsWith(end, StringComparison.Ordinal));
        if (isFile && shape is not null)
        {
            throw Wrong(text, "a file has its own shape; leave the other one out");
        }

        return new(name, values.Length == 0 || isFile ? null : ValuesOf(values, text), isFile ? values : null, shape);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static Dimension[] ShapeOf(string shape, string text)
    {
        if (!shape.EndsWith(']'))
        {
            throw Wrong(text, "a shape ends with ']', and nothing follows it");
        }

        return [.. shape[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(size => DimensionOf(size, text))];
    }

    private static Dimension DimensionOf(string size, string text)
    {
        if (!long.TryParse(size, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return size;
        }

        return number >= 0 ? number : throw Wrong(text, $"a size is a number from 0 or a name, but one is {number}");
    }

    private static ValueSource ValuesOf(string values, string text)
    {
        if (values == "normal")
        {
            return ValueSource.Normal;
        }

        if (values.Split("..") is [var low, var high])
        {
            return TryNumber(low, out var from) && TryNumber(high, out var to) && from <= to
                ? ValueSource.Range(from, to)
                : throw Wrong(text, "a range is two numbers, the smaller first, as in 0..9999");
        }

        var words = values.Split('|', StringSplitOptions.TrimEntries);
        return words.Length > 1 || TryNumber(values, out _)
            ? ValueSource.OneOf(words)
            : throw Wrong(text, $"'{values}' is no range, list or file");
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static InvalidInputException Wrong(string text, string reason) =>
        new($"The rule '{text}' for an input cannot be read: {reason}. Write {Forms}.");
}
