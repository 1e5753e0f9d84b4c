using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Compares two computations of a model batch by batch and keeps the largest differences. Not thread-safe.
/// </summary>
public sealed class OutputComparer
{
    private const int MaximumFailures = 10;

    private readonly string _actual;
    private readonly string _expected;
    private readonly DifferenceAccumulator _logits;
    private readonly DifferenceAccumulator _probabilities;
    private readonly List<string> _failures = [];
    private int _batches;
    private int _texts;
    private int _labelFlips;

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
        _logits = new(OutputKind.Logit, Tolerances.For(OutputKind.Logit, precision, mode));
        _probabilities = new(OutputKind.Probability, Tolerances.For(OutputKind.Probability, precision, mode));
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

    /// <summary>Compares the outputs of one batch.</summary>
    public void Add(NamedBatch batch, ModelOutputs actual, ModelOutputs expected)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        _batches++;
        if (!HasARowPerText(batch, _actual, actual, expected.LogitCount)
            || !HasARowPerText(batch, _expected, expected, expected.LogitCount))
        {
            return;
        }

        var lengths = batch.Batch.Lengths.Span;
        for (var row = 0; row < lengths.Length; row++)
        {
            var place = new TextLocation(batch.Name, row, lengths[row]);
            _texts++;
            for (var i = row * expected.LogitCount; i < (row + 1) * expected.LogitCount; i++)
            {
                Compare(_logits, actual.Logits[i], expected.Logits[i], place);
                Compare(_probabilities, actual.Probabilities[i], expected.Probabilities[i], place);
            }

            CompareLabels(actual.ProbabilitiesOf(row), expected.ProbabilitiesOf(row), place);
        }
    }

    /// <summary>The result so far.</summary>
    public ComparisonReport ToReport() => new()
    {
        Actual = _actual,
        Expected = _expected,
        Batches = _batches,
        Texts = _texts,
        Outputs = [_logits.Difference, _probabilities.Difference],
        LabelFlips = _labelFlips,
        Failures = [.. _failures],
    };

    private bool HasARowPerText(NamedBatch batch, string runner, ModelOutputs outputs, int columns)
    {
        var count = batch.Batch.Count * columns;
        if (outputs.LogitCount == columns && outputs.Logits.Length == count && outputs.Probabilities.Length == count)
        {
            return true;
        }

        Fail(
            $"{runner} returned {outputs.Logits.Length} logits and {outputs.Probabilities.Length} probabilities " +
            $"for batch '{batch.Name}', but {count} each were expected.");
        return false;
    }

    private void Compare(DifferenceAccumulator accumulator, double actual, double expected, TextLocation place)
    {
        if (!accumulator.Add(actual, expected, place))
        {
            Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{accumulator.Difference.Output.ToString().ToLowerInvariant()} of {place}: " +
                $"{_actual} found {actual}, {_expected} {expected}."));
        }
    }

    private void CompareLabels(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, TextLocation place)
    {
        var (found, right) = (LabelScores.ArgMax(actual), LabelScores.ArgMax(expected));
        if (found != right && !(IsOnBorder(actual, found, right) && IsOnBorder(expected, found, right)))
        {
            _labelFlips++;
            Fail($"{place} gets another label.");
        }
    }

    // A text on the border between two labels may fall to either side by rounding alone: each moves by the tolerance.
    private bool IsOnBorder(ReadOnlySpan<double> probabilities, int a, int b)
    {
        var difference = LabelScores.ProbabilityOf(probabilities, a) - LabelScores.ProbabilityOf(probabilities, b);
        return Math.Abs(difference) <= 2 * _probabilities.Difference.Tolerance.Absolute;
    }

    /// <summary>Adds a failure that no value shows.</summary>
    internal void Fail(string message)
    {
        if (_failures.Count < MaximumFailures)
        {
            _failures.Add(message);
        }
    }
}
