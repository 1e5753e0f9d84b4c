namespace OnnxSentiment.Onnx;

/// <summary>Comparing, joining and counting dimensions, of which some have a name instead of a size.</summary>
internal static class Dimensions
{
    /// <summary>Whether both can be the same; two different names cannot.</summary>
    internal static bool Agree(Dimension a, Dimension b) => a.IsUnknown || b.IsUnknown || a == b;

    internal static bool Agree(IReadOnlyList<Dimension> a, IReadOnlyList<Dimension> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => Agree(pair.First, pair.Second));

    /// <summary>
    /// The shape of an elementwise operation by the standard's broadcasting, or null where there is none.
    /// </summary>
    internal static Dimension[]? Broadcast(IReadOnlyList<Dimension> a, IReadOnlyList<Dimension> b)
    {
        var rank = Math.Max(a.Count, b.Count);
        var result = new Dimension[rank];
        for (var i = 0; i < rank; i++)
        {
            var (x, y) = (FromEnd(a, rank - i), FromEnd(b, rank - i));
            if (x.Size == 1)
            {
                result[i] = y;
            }
            else if (y.Size == 1 || Agree(x, y))
            {
                // An unknown dimension may be 1, so a size beside it decides; two names that agree are one.
                result[i] = x.IsUnknown && y.Size is > 1 ? y : x;
            }
            else
            {
                return null;
            }
        }

        return result;
    }

    /// <summary>Whether one shape broadcasts to another and never the other way round.</summary>
    internal static bool BroadcastsTo(IReadOnlyList<Dimension> shape, IReadOnlyList<Dimension> target) =>
        Broadcast(shape, target) is { } joined && Agree(joined, target);

    /// <summary>The product, or null where a size is not known, is negative or the product overflows.</summary>
    internal static long? Product(IEnumerable<Dimension> dimensions) =>
        Product(dimensions.Select(dimension => dimension.Size ?? -1).ToArray());

    /// <summary>The number of elements, or null where a dimension is negative or the product overflows.</summary>
    internal static long? Product(IEnumerable<long> dimensions)
    {
        var count = 1L;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0 || (dimension > 0 && count > long.MaxValue / dimension))
            {
                return null;
            }

            count *= dimension;
        }

        return count;
    }

    /// <summary>A sum that stays at the largest number where a hostile file would make it overflow.</summary>
    internal static long Sum(IEnumerable<long> sizes) =>
        sizes.Aggregate(0L, (sum, size) => size > 0 && sum > long.MaxValue - size ? long.MaxValue : sum + size);

    private static Dimension FromEnd(IReadOnlyList<Dimension> shape, int fromEnd) =>
        fromEnd <= shape.Count ? shape[^fromEnd] : 1;
}
