using System.Globalization;
using System.Text;

namespace OnnxSentiment.Parity;

/// <summary>A text of a comparison.</summary>
/// <param name="Batch">The batch's name.</param>
/// <param name="Row">The text's place in it, from 0.</param>
/// <param name="Length">The text's tokens.</param>
public sealed record TextLocation(string Batch, int Row, int Length)
{
    /// <summary>For messages.</summary>
    public override string ToString() => $"batch '{Batch}', row {Row} ({Length} tokens)";
}

/// <summary>How far two computations of one output are apart.</summary>
public sealed record OutputDifference
{
    /// <summary>Which output.</summary>
    public required OutputKind Output { get; init; }

    /// <summary>How far they may be apart.</summary>
    public required Tolerance Tolerance { get; init; }

    /// <summary>The largest <c>|actual − expected|</c> of finite values.</summary>
    public double LargestAbsolute { get; init; }

    /// <summary>Where that was; null while all values are equal.</summary>
    public TextLocation? LargestAbsoluteAt { get; init; }

    /// <summary>
    /// The largest <c>|actual − expected| / |expected|</c> of finite values and expected ones other than 0.
    /// </summary>
    public double LargestRelative { get; init; }

    /// <summary>Where that was; null while all values are equal.</summary>
    public TextLocation? LargestRelativeAt { get; init; }

    /// <summary>Values that the tolerance does not accept, NaN and ∞ among them.</summary>
    public int Rejected { get; init; }

    /// <summary>Values that are NaN or ∞ on either side.</summary>
    public int NotFinite { get; init; }
}

/// <summary>The result of comparing two computations of a model on many batches.</summary>
public sealed record ComparisonReport
{
    /// <summary>What the computations were given, for instance the name of a data set; may be empty.</summary>
    public string Inputs { get; init; } = "";

    /// <summary>The computation that was checked.</summary>
    public required string Actual { get; init; }

    /// <summary>The computation that it was compared with.</summary>
    public required string Expected { get; init; }

    /// <summary>Batches compared.</summary>
    public required int Batches { get; init; }

    /// <summary>Texts compared.</summary>
    public required int Texts { get; init; }

    /// <summary>The differences of each output, over all its columns.</summary>
    public required IReadOnlyList<OutputDifference> Outputs { get; init; }

    /// <summary>
    /// Texts that get another label, save those to whose two labels both computations give nearly the same probability:
    /// within twice its tolerance.
    /// </summary>
    public required int LabelFlips { get; init; }

    /// <summary>What failed first, a sentence each, at most ten.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>
    /// Whether every value is within its tolerance and no label flips; comparing nothing does not pass.
    /// </summary>
    public bool Passed =>
        Texts > 0 && LabelFlips == 0 && Failures.Count == 0 && Outputs.All(output => output.Rejected == 0);

    /// <summary>The report as one check, for a <see cref="CheckReport"/>.</summary>
    public CheckResult ToCheck() => new()
    {
        Group = Inputs.Length > 0 ? Inputs : "values",
        Name = $"{Actual} against {Expected}",
        Outcome = Passed ? CheckOutcome.Passed : CheckOutcome.Failed,
        Message = Passed ? Summary() : Failures.Count > 0 ? Failures[0] : ToText().Split('\n')[0],
        Details = Passed ? "" : string.Join('\n', Failures.Skip(1)),
        Measurements =
        [
            new("texts", Texts),
            .. Outputs.SelectMany(Measure),
            new("label flips", LabelFlips, Allowed: 0),
        ],
    };

    /// <summary>The report as lines for a person.</summary>
    public string ToText()
    {
        var (text, culture) = (new StringBuilder(), CultureInfo.InvariantCulture);
        text.Append(culture, $"parity: {(Passed ? "passed" : "FAILED")}: {Actual} against {Expected}, ");
        text.Append(culture, $"{Texts} texts in {Batches} batches, {LabelFlips} label flips");
        foreach (var output in Outputs)
        {
            var place = output.LargestAbsoluteAt is { } at ? $" in {at}" : "";
            text.Append(culture, $"\n  {output.Output.ToString().ToLowerInvariant(),-11} ");
            text.Append(culture, $"largest difference {output.LargestAbsolute:0.0e+0} absolute{place}, ");
            text.Append(culture, $"{output.LargestRelative:0.0e+0} relative; ");
            text.Append(
                culture,
                $"allowed {output.Tolerance.Absolute:0.0e+0} + {output.Tolerance.Relative:0.0e+0} of the value; ");
            text.Append(culture, $"{output.Rejected} rejected");
        }

        foreach (var failure in Failures)
        {
            text.Append(culture, $"\n  {failure}");
        }

        return text.ToString();
    }

    private string Summary()
    {
        var differences = Outputs.Select(output => string.Create(
            CultureInfo.InvariantCulture,
            $"{NameOf(output)} {output.LargestAbsolute:0.0e+0} (allowed {output.Tolerance.Absolute:0.0e+0} + " +
            $"{output.Tolerance.Relative:0.0e+0} of the value{Place(output)})"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Texts:N0} texts, {LabelFlips} label flips; largest difference: {string.Join(", ", differences)}.");
    }

    private static string Place(OutputDifference output) =>
        output.LargestAbsoluteAt is { } place ? $"; {place}" : "";

    private static string NameOf(OutputDifference output) => output.Output.ToString().ToLowerInvariant();

    private static IEnumerable<Measurement> Measure(OutputDifference output)
    {
        var name = NameOf(output);
        return
        [
            new($"{name}: largest difference", output.LargestAbsolute),
            new($"{name}: largest relative difference", output.LargestRelative),
            new($"{name}: values outside the tolerance", output.Rejected, Allowed: 0),
        ];
    }
}
