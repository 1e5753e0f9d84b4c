using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Sizes of the named dimensions to compare at.</summary>
internal static class SizePlan
{
    /// <summary>How many of the plans have to work out; fewer where nothing is named.</summary>
    internal const int Wanted = 3;

    // The first named dimension, usually the batch, and the others. Small and unequal first, so that a dimension in the
    // place of another shows; larger ones for modules whose windows need room.
    private static readonly (long First, long Others)[] Sizes =
        [(2, 3), (1, 7), (5, 1), (3, 17), (1, 40), (2, 96), (3, 224), (40, 2), (224, 224)];

    /// <summary>The plans in the order in which they are tried.</summary>
    internal static IEnumerable<IReadOnlyDictionary<string, long>> For(IReadOnlyList<OnnxInput> inputs)
    {
        var dimensions = inputs.SelectMany(input => input.Shape);
        string[] symbols =
            [.. dimensions.Select(dimension => dimension.Symbol).OfType<string>().Distinct(StringComparer.Ordinal)];
        return symbols.Length == 0
            ? [new Dictionary<string, long>()]
            : Sizes.Select(sizes => symbols.Index().ToDictionary(
                symbol => symbol.Item,
                symbol => symbol.Index == 0 ? sizes.First : Other(sizes.Others, symbol.Index),
                StringComparer.Ordinal));
    }

    /// <summary>The size of a dimension.</summary>
    internal static long SizeOf(Dimension dimension, IReadOnlyDictionary<string, long> sizes) =>
        dimension.Size ?? (dimension.Symbol is { } symbol ? sizes[symbol] : 1);

    /// <summary>As people read it.</summary>
    internal static string Describe(IReadOnlyDictionary<string, long> sizes) =>
        sizes.Count == 0 ? "fixed sizes" : string.Join(", ", sizes.Select(size => $"{size.Key}={size.Value}"));

    private static long Other(long size, int index) => size == 1 ? 1 : size + index - 1;
}
