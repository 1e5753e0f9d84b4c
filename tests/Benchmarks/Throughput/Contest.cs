namespace OnnxSentiment.Benchmarks;

/// <summary>Lets the entries compute the same texts by turns, and sees to it that they compute the same.</summary>
internal sealed class Contest : IDisposable
{
    private readonly Reviews _reviews;
    private readonly IReadOnlyList<Contestant> _contestants;

    public Contest(Reviews reviews, IReadOnlyList<Entry> entries)
    {
        _reviews = reviews;
        var missing = new List<(string, string)>();
        _contestants = [.. entries.Select(entry => Prepare(entry, missing)).OfType<Contestant>()];
        Missing = missing;
    }

    /// <summary>Who could not take part, and why.</summary>
    public IReadOnlyList<(string Name, string Reason)> Missing { get; }

    /// <summary>Measures all of them and the matrix product, by turns.</summary>
    /// <returns>Texts a second for each, and the product's operations a second.</returns>
    public (IReadOnlyList<Outcome> Outcomes, Series Product) Run(int rounds)
    {
        using var product = new MatrixProduct();
        var series = Rounds.Run(rounds, [
            (MatrixProduct.Name, product.OperationsPerSecond),
            .. _contestants.Select(contestant => (contestant.Entry.Name, TextsPerSecond(contestant))),
        ]);
        return (
            [.. _contestants.Select(contestant => OutcomeOf(contestant, series[contestant.Entry.Name]))],
            series[MatrixProduct.Name]);
    }

    public void Dispose()
    {
        foreach (var contestant in _contestants)
        {
            contestant.Computation.Dispose();
        }
    }

    private static Contestant? Prepare(Entry entry, List<(string, string)> missing)
    {
        Console.Error.WriteLine($"preparing: {entry.Name}");
        try
        {
            return new Contestant(entry, entry.Create());
        }
        catch (NotHereException e)
        {
            missing.Add((entry.Name, e.Message));
            return null;
        }
    }

    private Func<double> TextsPerSecond(Contestant contestant) => () =>
    {
        var scores = contestant.Computation.Score();
        contestant.Probabilities = scores.Probabilities;
        CheckSame(contestant);
        return _reviews.Texts.Count / scores.Seconds;
    };

    // A contestant that computes something else is no faster than ours, however soon it is done.
    private void CheckSame(Contestant contestant)
    {
        var (entry, count) = (contestant.Entry, contestant.Probabilities.Count);
        if (count != _reviews.Texts.Count)
        {
            throw new InvalidOperationException(
                $"'{entry.Name}' gave {count} probabilities for {_reviews.Texts.Count} texts.");
        }

        if (entry.SameWeights is { } allowed && !(DifferenceOf(contestant) <= allowed))
        {
            throw new InvalidOperationException(
                $"'{entry.Name}' differs by {DifferenceOf(contestant)} from '{_contestants[0].Entry.Name}', which is " +
                $"more than {allowed}: it does not compute the same, so its speed says nothing.");
        }
    }

    private float DifferenceOf(Contestant contestant) =>
        contestant.Probabilities.Zip(_contestants[0].Probabilities, (a, b) => Math.Abs(a - b)).Max();

    private Outcome OutcomeOf(Contestant contestant, Series speed) => new(
        contestant.Entry, contestant.Computation.Version, _reviews.Texts.Count, speed,
        _reviews.Accuracy(contestant.Probabilities), DifferenceOf(contestant));

    private sealed class Contestant(Entry entry, IContestant computation)
    {
        public Entry Entry => entry;

        public IContestant Computation => computation;

        /// <summary>Those of the last round.</summary>
        public IReadOnlyList<float> Probabilities { get; set; } = [];
    }
}

/// <summary>What a contestant reached.</summary>
/// <param name="Entry">Who.</param>
/// <param name="Version">What computed.</param>
/// <param name="Texts">How many it computed in a round.</param>
/// <param name="TextsPerSecond">Round by round.</param>
/// <param name="Accuracy">The share of the sample whose label it gave.</param>
/// <param name="Difference">The largest difference of a probability from the first entry's.</param>
internal sealed record Outcome(
    Entry Entry, string Version, int Texts, Series TextsPerSecond, double Accuracy, float Difference);
