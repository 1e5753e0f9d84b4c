using System.Diagnostics;

namespace OnnxSentiment.Benchmarks;

/// <summary>A contestant in this process: the clock runs from the texts to the probabilities.</summary>
internal abstract class InProcess(IReadOnlyList<string> texts) : IContestant
{
    public abstract string Version { get; }

    public Scores Score()
    {
        var start = Stopwatch.GetTimestamp();
        var probabilities = Compute(texts);
        return new Scores(Stopwatch.GetElapsedTime(start).TotalSeconds, probabilities);
    }

    public abstract void Dispose();

    protected abstract float[] Compute(IReadOnlyList<string> texts);
}
