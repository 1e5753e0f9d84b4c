namespace OnnxSentiment.Onnx;

/// <summary>Comparing and joining dimensions of which some have a name instead of a size.</summary>
internal static class Dimensions
{
    /// <summary>Whether both can be the same; two different names cannot.</summary>
    internal static bool Agree(Dimension a, Dimension b) => a.IsUnknown || b.IsUnknown || a == b;

    internal static bool Agree(IReadOnlyList<Dimension> a, IReadOnlyList<Dimension> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => Agree(pair.First, pair.Second));

    /// <summary>The shape of an elementwise operation by the standard's broadcasting, or null where there is none.</summary>
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

    /// <summary>The product, or null where a size is not known.</summary>
    internal static long? Product(IEnumerable<Dimension> dimensions)
    {
        var sizes = dimensions.Select(dimension => dimension.Size ?? -1).ToArray();
        return sizes.Contains(-1) ? null : TensorCheck.CountOf(sizes);
    }

    private static Dimension FromEnd(IReadOnlyList<Dimension> shape, int fromEnd) =>
        fromEnd <= shape.Count ? shape[^fromEnd] : 1;
}
