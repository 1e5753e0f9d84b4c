using System.Globalization;
using System.Text;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>A tensor of a checkpoint beside what a file stores of it.</summary>
public sealed record WeightComparison
{
    /// <summary>The name of the checkpoint's tensor.</summary>
    public required string Tensor { get; init; }

    /// <summary>The file's initializer that holds it.</summary>
    public required string Initializer { get; init; }

    /// <summary>Numbers of the tensor, all of which were compared.</summary>
    public required int Values { get; init; }

    /// <summary>Numbers that are not stored as the rule of the precision demands.</summary>
    public required int Different { get; init; }

    /// <summary>The largest <c>|stored − trained|</c> of finite numbers.</summary>
    public required double LargestDifference { get; init; }

    /// <summary>The first difference: where, what was found, what was expected; empty where there is none.</summary>
    public string Failure { get; init; } = "";
}

/// <summary>Whether a file stores the weights of a checkpoint, each in its place.</summary>
public sealed record WeightReport
{
    private const string Group = "weights";

    /// <summary>The tensors that were compared, in the checkpoint's order.</summary>
    public required IReadOnlyList<WeightComparison> Comparisons { get; init; }

    /// <summary>
    /// Initializers that are no weights, with their values and what they are for; each has the value that the graph's
    /// meaning demands.
    /// </summary>
    public required IReadOnlyList<string> Constants { get; init; }

    /// <summary>How far a stored number may be from the trained one, in words.</summary>
    public required string Rule { get; init; }

    /// <summary>What of the file is wrong beside weights: a sentence each.</summary>
    public required IReadOnlyList<string> GraphFailures { get; init; }

    /// <summary>All that is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Failures =>
        [.. GraphFailures, .. Comparisons.Select(comparison => comparison.Failure).Where(text => text.Length > 0)];

    /// <summary>Numbers that were compared.</summary>
    public long Values => Comparisons.Sum(comparison => (long)comparison.Values);

    /// <summary>The largest <c>|stored − trained|</c> of finite numbers.</summary>
    public double LargestDifference => Comparisons.Select(c => c.LargestDifference).DefaultIfEmpty().Max();

    /// <summary>Whether every weight is in its place; comparing nothing does not pass.</summary>
    public bool Passed => Comparisons.Count > 0 && Failures.Count == 0;

    /// <summary>The report as lines for a person.</summary>
    public string ToText()
    {
        var (text, culture) = (new StringBuilder(), CultureInfo.InvariantCulture);
        text.Append(culture, $"weights: {(Passed ? "passed" : "FAILED")}: {Comparisons.Count} tensors, ");
        text.Append(culture, $"{Values:N0} values, {Rule}; largest difference {LargestDifference:0.0e+0}; ");
        text.Append(culture, $"{Constants.Count} constants");
        foreach (var failure in Failures)
        {
            text.Append(culture, $"\n  {failure}");
        }

        return text.ToString();
    }

    /// <summary>One check where all is well; else one for a wrong graph and one for each wrong tensor.</summary>
    public IReadOnlyList<CheckResult> ToChecks() => Passed
        ? [
            Check("all tensors", CheckOutcome.Passed, $"{Comparisons.Count} tensors as trained, {Rule}.") with
            {
                Measurements =
                [
                    new("values", Values), new("largest absolute difference", LargestDifference),
                    new("constants", Constants.Count),
                ],
            },
        ]
        : [
            .. GraphFailures.Count == 0 ? Array.Empty<CheckResult>() : [
                Check("graph", CheckOutcome.Failed, GraphFailures[0]) with
                {
                    Details = string.Join('\n', GraphFailures),
                },
            ],
            .. Comparisons.Where(comparison => comparison.Failure.Length > 0).Select(ToCheck),
        ];

    private static CheckResult ToCheck(WeightComparison comparison) =>
        Check(comparison.Tensor, CheckOutcome.Failed, comparison.Failure) with
        {
            Measurements =
            [
                new("values", comparison.Values),
                new("different values", comparison.Different, Allowed: 0),
                new("largest absolute difference", comparison.LargestDifference),
            ],
        };

    private static CheckResult Check(string name, CheckOutcome outcome, string message) =>
        new() { Group = Group, Name = name, Outcome = outcome, Message = message };
}
