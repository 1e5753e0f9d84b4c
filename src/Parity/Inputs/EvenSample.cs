namespace OnnxSentiment.Parity;

/// <summary>A part of a list that is taken evenly from all of it, so that a sorted list is represented.</summary>
public static class EvenSample
{
    /// <summary>Takes at most so many items, in their order, the first among them.</summary>
    /// <param name="items">All items.</param>
    /// <param name="most">The largest number to take; not negative.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, int most)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var count = Math.Min(most, items.Count);
        return [.. Enumerable.Range(0, count).Select(i => items[(int)((long)i * items.Count / count)])];
    }
}
