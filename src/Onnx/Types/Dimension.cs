using System.Globalization;

namespace OnnxSentiment.Onnx;

/// <summary>
/// One dimension of a shape: a size, a name for a size that is known when the model runs, or neither.
/// </summary>
public readonly record struct Dimension
{
    private Dimension(long? size, string? symbol)
    {
        Size = size;
        Symbol = symbol;
    }

    /// <summary>A dimension about which nothing is known.</summary>
    public static Dimension Unknown => default;

    /// <summary>The size, where it is fixed.</summary>
    public long? Size { get; }

    /// <summary>The name, where the dimension has one.</summary>
    public string? Symbol { get; }

    /// <summary>Whether neither size nor name is known.</summary>
    public bool IsUnknown => Size is null && Symbol is null;

    /// <summary>A fixed size.</summary>
    public static implicit operator Dimension(long size) => new(size, null);

    /// <summary>A named size.</summary>
    public static implicit operator Dimension(string symbol) => new(null, symbol);

    /// <summary>The size, the name, or a question mark.</summary>
    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
