using System.Text.Json;

namespace OnnxSentiment.Benchmarks;

/// <summary>What one process measured; figures of others are 0.</summary>
/// <param name="ExamplesPerSecond">Texts trained on in a second of whole steps.</param>
/// <param name="Loss">Mean over the pass: who learns something else is no contestant.</param>
/// <param name="Padding">Share of the ids that is padding.</param>
/// <param name="ProductOperations">The matrix product's operations a second, the faster of before and after.</param>
/// <param name="Milliseconds">Of a mean step, by part.</param>
/// <param name="Seconds">Of loading and encoding.</param>
/// <param name="Texts">How many were loaded and encoded.</param>
internal sealed record TrainingFigures(
    double ExamplesPerSecond = 0, double Loss = 0, double Padding = 0, double ProductOperations = 0,
    IReadOnlyDictionary<string, double>? Milliseconds = null, double Seconds = 0, int Texts = 0)
{
    // Set by build/bench.sh for other subjects; here each process waits as the code in it decides.
    private const string SpinCount = "GOMP_SPINCOUNT";

    /// <summary>Measures in a new process.</summary>
    /// <param name="what">One that <see cref="TrainingRun"/> knows.</param>
    public static TrainingFigures Measure(string what) =>
        JsonSerializer.Deserialize<TrainingFigures>(ChildProcess.Run([TrainingRun.Command, what], unset: SpinCount))!;

    /// <summary>The line by which the other process answers.</summary>
    public string ToLine() => JsonSerializer.Serialize(this);
}
