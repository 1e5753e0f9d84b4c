namespace OnnxSentiment.Benchmarks;

/// <summary>One way to get the probabilities of many texts. Prepared when it is made; not thread-safe.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>What computes.</summary>
    string Version { get; }

    /// <summary>Computes all texts of the sample.</summary>
    Scores Score();
}

/// <summary>What one pass over the sample gave.</summary>
/// <param name="Seconds">The time from what the contestant's entry says to the last probability.</param>
/// <param name="Probabilities">Of the second label, in the order of the texts.</param>
internal sealed record Scores(double Seconds, IReadOnlyList<float> Probabilities);

/// <summary>A contestant that cannot run, because its tool is not installed here.</summary>
internal sealed class NotHereException(string message) : Exception(message);
