namespace OnnxSentiment.Runtime;

/// <summary>
/// Which texts run together: texts of similar length, so that little padding is computed, and few enough ids for the
/// cache. The longest come first, so that no core is left alone with a long batch at the end.
/// </summary>
/// <param name="Order">The texts' positions by falling length; equal lengths keep their order.</param>
/// <param name="Batches">Neighboring parts of <paramref name="Order"/>, which together cover it.</param>
internal sealed record BatchPlan(int[] Order, IReadOnlyList<Range> Batches)
{
    /// <summary>Plans texts of the given lengths.</summary>
    /// <param name="lengths">The number of ids of each text, at least 1.</param>
    /// <param name="maximumTokens">The ids of one batch, padding included; a longer text is a batch of its own.</param>
    public static BatchPlan Create(ReadOnlySpan<int> lengths, int maximumTokens)
    {
        var order = OrderByFallingLength(lengths);
        var batches = new List<Range>();
        for (var start = 0; start < order.Length;)
        {
            var rows = Math.Max(1, maximumTokens / lengths[order[start]]);
            var end = Math.Min(order.Length, start + rows);
            batches.Add(start..end);
            start = end;
        }

        return new BatchPlan(order, batches);
    }

    private static int[] OrderByFallingLength(ReadOnlySpan<int> lengths)
    {
        var order = new int[lengths.Length];
        var keys = new long[lengths.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = ((long)-lengths[i] << 32) + i;
        }

        Array.Sort(keys, order);
        return order;
    }
}
