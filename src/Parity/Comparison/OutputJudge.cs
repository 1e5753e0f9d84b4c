using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>Judges the outputs of two computations by value and by label, within given tolerances.</summary>
internal sealed class OutputJudge(
    string actualName, string expectedName, Tolerance logit, Tolerance probability, IEnumerable<string> failures)
{
    private const int MaximumFailures = 10;

    private readonly DifferenceAccumulator _logits = new(OutputKind.Logit, logit);
    private readonly DifferenceAccumulator _probabilities = new(OutputKind.Probability, probability);
    private readonly List<string> _failures = [.. failures.Take(MaximumFailures)];
    private int _texts;
    private int _labelFlips;

    internal void Add(NamedBatch batch, ModelOutputs actual, ModelOutputs expected)
    {
        if (!HasARowPerText(batch, actualName, actual, expected.LogitCount)
            || !HasARowPerText(batch, expectedName, expected, expected.LogitCount))
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

    internal ComparisonReport ToReport(int batches) => new()
    {
        Actual = actualName,
        Expected = expectedName,
        Batches = batches,
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
                $"{actualName} found {actual}, {expectedName} {expected}."));
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
        return Math.Abs(difference) <= 2 * probability.Absolute;
    }

    private void Fail(string message)
    {
        if (_failures.Count < MaximumFailures)
        {
            _failures.Add(message);
        }
    }
}
