namespace OnnxSentiment.Parity;

/// <summary>Sizes of the dimensions that no file fixes.</summary>
internal static class SizePlans
{
    /// <summary>How many plans have to work out.</summary>
    internal const int Wanted = 3;

    // The first open dimension, usually the batch, and the others. Small and unequal first, so that a dimension in the
    // place of another shows; larger ones for windows that need room.
    private static readonly (long First, long Others)[] Sizes =
        [(2, 3), (1, 7), (5, 1), (1, 16), (3, 17), (2, 64), (1, 96), (1, 224), (3, 224), (1, 512), (1, 1024)];

    /// <summary>The plans in the order in which they are tried; the same empty one again where nothing is
    /// open.</summary>
    internal static IEnumerable<IReadOnlyDictionary<string, long>> For(IReadOnlyList<string> open) =>
        open.Count == 0
            ? Enumerable.Repeat(new Dictionary<string, long>(), Wanted)
            : Sizes.Select(sizes => open.Index().ToDictionary(
                name => name.Item,
                name => name.Index == 0 ? sizes.First : sizes.Others + (sizes.Others == 1 ? 0 : name.Index - 1),
                StringComparer.Ordinal));
}
