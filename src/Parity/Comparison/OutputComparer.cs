using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Compares two computations of a model batch by batch and keeps the largest differences. The absolute parts of the
/// tolerances grow with the logits, to a tenth of the median of their magnitudes over all batches where that is above
/// 1: a logit near zero keeps the rounding of the large terms that cancel out in it. Not thread-safe.
/// </summary>
public sealed class OutputComparer
{
    // Up to this magnitude the room that the table of tolerances leaves is enough: rounding was a hundredth of it.
    private const double LargestUsualMagnitude = 10;

    private readonly string _actual;
    private readonly string _expected;
    private readonly Tolerance _logit;
    private readonly Tolerance _probability;
    private readonly List<(NamedBatch Batch, ModelOutputs Actual, ModelOutputs Expected)> _batches = [];
    private readonly List<string> _failures = [];

    /// <summary>Begins a comparison.</summary>
    /// <param name="actual">The name of the computation to check.</param>
    /// <param name="expected">The name of the computation to compare with.</param>
    /// <param name="precision">The precision of the computation to check.</param>
    /// <param name="mode">The hardware of the computation to check.</param>
    public OutputComparer(
        string actual, string expected, Precision precision = Precision.Float32, ComputeMode mode = ComputeMode.Cpu)
    {
        _actual = actual;
        _expected = expected;
        _logit = Tolerances.For(OutputKind.Logit, precision, mode);
        _probability = Tolerances.For(OutputKind.Probability, precision, mode);
    }

    /// <summary>Runs both computations on all batches and compares them.</summary>
    /// <param name="actual">The computation to check.</param>
    /// <param name="expected">The computation to compare with.</param>
    /// <param name="batches">What both are given.</param>
    /// <param name="precision">The precision of the computation to check.</param>
    /// <param name="mode">The hardware of the computation to check.</param>
    /// <param name="cancellation">Ends the comparison between two batches.</param>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public static ComparisonReport Compare(
        Runner actual, Runner expected, IEnumerable<NamedBatch> batches, Precision precision = Precision.Float32,
        ComputeMode mode = ComputeMode.Cpu, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(batches);
        var comparer = new OutputComparer(actual.Name, expected.Name, precision, mode);
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            comparer.Add(batch, actual.Run(batch.Batch), expected.Run(batch.Batch));
        }

        return comparer.ToReport();
    }

    /// <summary>Takes the outputs of one batch in.</summary>
    public void Add(NamedBatch batch, ModelOutputs actual, ModelOutputs expected)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        _batches.Add((batch, actual, expected));
    }

    /// <summary>The result so far.</summary>
    public ComparisonReport ToReport()
    {
        double[] logits = [.. _batches.SelectMany(batch => batch.Expected.Logits)];
        var magnitude = new MagnitudeScale([logits.Length], logits, _logit.Absolute).Whole;
        var scale = Math.Max(1, magnitude / LargestUsualMagnitude);
        var judge = new OutputJudge(_actual, _expected, _logit.Scaled(scale), _probability.Scaled(scale), _failures);
        foreach (var (batch, actual, expected) in _batches)
        {
            judge.Add(batch, actual, expected);
        }

        return judge.ToReport(_batches.Count);
    }

    /// <summary>Adds a failure that no value shows.</summary>
    internal void Fail(string message) => _failures.Add(message);
}
