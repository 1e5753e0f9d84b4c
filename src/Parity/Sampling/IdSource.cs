namespace OnnxSentiment.Parity;

/// <summary>
/// Deals out the rows of a table like cards: first those that are worth a look, then all others in random order, so
/// that
/// none comes twice before each has come once. Not thread-safe.
/// </summary>
/// <param name="rows">The rows of the table.</param>
/// <param name="first">Rows that come before the others; the last one of all follows them.</param>
internal sealed class IdSource(long rows, IReadOnlyList<long> first) : ValueSource
{
    // A table with more rows is drawn from instead: a list of all would be long.
    private const long MostDealt = 10_000_000;

    private readonly Queue<long> _next = new([.. first.Append(rows - 1).Distinct()]);
    private HashSet<long> _dealt = [.. first, rows - 1];

    internal override double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger) =>
        Fill(shape, () => (double)Next(random));

    private long Next(Random random)
    {
        if (_next.Count == 0)
        {
            Refill(random);
        }

        return _next.Dequeue();
    }

    private void Refill(Random random)
    {
        if (rows > MostDealt)
        {
            _next.Enqueue(random.NextInt64(rows));
            return;
        }

        var all = new long[rows];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        random.Shuffle(all);
        foreach (var row in all.Where(row => rows == _dealt.Count || !_dealt.Contains(row)))
        {
            _next.Enqueue(row);
        }

        _dealt = [];
    }
}
