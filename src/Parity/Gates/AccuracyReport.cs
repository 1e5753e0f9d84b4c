using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>How well one file classifies labeled texts.</summary>
public sealed record FileAccuracy
{
    /// <summary>How the file stores its weights.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>The number of texts.</summary>
    public required int Texts { get; init; }

    /// <summary>The number of texts whose label was predicted.</summary>
    public required int Correct { get; init; }

    /// <summary>Mean of -ln(probability given to the true label), in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Speed on the CPU, tokenizing included.</summary>
    public required double TextsPerSecond { get; init; }

    /// <summary>Share of the texts whose label was predicted, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Texts;
}

/// <summary>What the loss of accuracy on labeled texts means.</summary>
public enum AccuracyVerdict
{
    /// <summary>No more was lost than is allowed.</summary>
    Accepted,

    /// <summary>More was lost than is allowed, but the loss is not statistically significant.</summary>
    Inconclusive,

    /// <summary>
    /// More was lost than is allowed, and significantly so; or a proof was asked for and the texts do not give one.
    /// </summary>
    Refused,
}

/// <summary>A smaller file beside the one in single precision, on the same labeled texts.</summary>
public sealed record AccuracyReport
{
    /// <summary>The p-value below which a loss is statistically significant.</summary>
    public const double SignificanceLevel = 0.05;

    private const int Points = 100;

    /// <summary>The file in single precision.</summary>
    public required FileAccuracy Single { get; init; }

    /// <summary>The smaller file.</summary>
    public required FileAccuracy Smaller { get; init; }

    /// <summary>The percentage points of accuracy that the smaller file may lose.</summary>
    public required double MaximumDrop { get; init; }

    /// <summary>Whether the texts have to prove, at 95 % confidence, that no more is lost than allowed.</summary>
    public bool RequireProof { get; init; }

    /// <summary>The number of texts that only the file in single precision got right.</summary>
    public required int Worse { get; init; }

    /// <summary>The number of texts that only the smaller file got right.</summary>
    public int Better => Worse - Lost;

    /// <summary>The number of texts to which the two files give different labels.</summary>
    public required int LabelFlips { get; init; }

    /// <summary>The largest absolute difference of a label's log-odds.</summary>
    public required double LargestLogitDifference { get; init; }

    /// <summary>The largest absolute difference of a label's probability.</summary>
    public required double LargestProbabilityDifference { get; init; }

    /// <summary>The percentage points of accuracy that the smaller file loses; negative where it gains.</summary>
    public double LostPoints => Points * (double)Lost / Single.Texts;

    /// <summary>
    /// The percentage points that it may lose on all texts of this kind, at 95 % confidence (one-sided): few texts
    /// leave much open.
    /// </summary>
    public double LostPointsBound => Points * PairedLoss.UpperBound(Worse, Better, Single.Texts);

    /// <summary>
    /// McNemar's exact test, two-sided: how often files of equal accuracy would differ as much on so many texts.
    /// </summary>
    public double PValue => McNemarTest.PValue(Worse, Better);

    /// <summary>Whether no more is lost than allowed; exactly the allowed drop is not too much.</summary>
    // In whole texts and decimals: as a difference of two shares, exactly the allowed drop could come out a hair too
    // large.
    public bool IsWithinAllowance => Lost * Points <= (decimal)MaximumDrop * Single.Texts;

    /// <summary>Whether the texts show, at 95 % confidence, that no more is lost than allowed.</summary>
    public bool IsProven => LostPointsBound <= MaximumDrop;

    /// <summary>What the loss means.</summary>
    public AccuracyVerdict Verdict => (IsWithinAllowance, RequireProof) switch
    {
        (_, true) => IsProven ? AccuracyVerdict.Accepted : AccuracyVerdict.Refused,
        (true, _) => AccuracyVerdict.Accepted,
        _ => PValue < SignificanceLevel ? AccuracyVerdict.Refused : AccuracyVerdict.Inconclusive,
    };

    private int Lost => Single.Correct - Smaller.Correct;

    /// <summary>The report as one check, for a <see cref="CheckReport"/>; an inconclusive one is skipped.</summary>
    public CheckResult ToCheck() => new()
    {
        Group = "accuracy",
        Name = $"{Precisions.NameOf(Smaller.Precision)} against {Precisions.NameOf(Single.Precision)}",
        Outcome = Verdict switch
        {
            AccuracyVerdict.Accepted => CheckOutcome.Passed,
            AccuracyVerdict.Inconclusive => CheckOutcome.Skipped,
            _ => CheckOutcome.Failed,
        },
        Message = ToSentence(),
        Measurements =
        [
            new("texts", Single.Texts),
            new($"accuracy in {Precisions.NameOf(Single.Precision)}", Single.Accuracy),
            new($"accuracy in {Precisions.NameOf(Smaller.Precision)}", Smaller.Accuracy),
            new("percentage points lost", LostPoints, MaximumDrop),
            new("percentage points lost, 95 % bound", LostPointsBound, RequireProof ? MaximumDrop : null),
            new("texts that got worse", Worse),
            new("texts that got better", Better),
            new("p-value of McNemar's exact test", PValue),
        ],
    };

    /// <summary>What was lost and allowed, and what that means, as sentences.</summary>
    public string ToSentence() => $"{Measured()}; at most {Text(MaximumDrop)} may be lost. {Meaning()}";

    private string Measured()
    {
        var loss = Lost < 0 ? $"gains {Text(-LostPoints)}" : $"loses {Text(LostPoints)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Precisions.NameOf(Smaller.Precision)} {loss} percentage points of accuracy ({Single.Accuracy:0.00000} " +
            $"to {Smaller.Accuracy:0.00000} on {Single.Texts:N0} texts, {Worse:N0} worse and {Better:N0} better)");
    }

    private string Meaning() => Verdict switch
    {
        AccuracyVerdict.Refused when IsWithinAllowance || PValue >= SignificanceLevel =>
            $"The texts do not prove that: at 95 % confidence, the loss may be as large as {Text(LostPointsBound)}. " +
            "Measure on more texts, allow more with --max-accuracy-drop, or leave --prove-accuracy out.",
        AccuracyVerdict.Refused =>
            $"The loss is statistically significant (McNemar's exact test, p = {Text(PValue)}). " +
            "Allow more with --max-accuracy-drop, or export another precision.",
        AccuracyVerdict.Inconclusive =>
            $"The loss is not statistically significant (McNemar's exact test, p = {Text(PValue)}): " +
            "measure on more texts.",
        _ when IsProven => $"Proven at 95 % confidence: the loss is at most {Text(LostPointsBound)}.",
        _ => $"Not proven: at 95 % confidence, the loss may be as large as {Text(LostPointsBound)}; " +
            "more texts narrow it down.",
    };

    private static string Text(double value) => value.ToString(
        value != 0 && Math.Abs(value) < 1e-3 ? "0.0e-00" : "0.###", CultureInfo.InvariantCulture);
}
