using System.Globalization;
using System.Text.Json;
using OnnxSentiment.Evaluation;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>What <c>evaluate</c> checks: that predictions are numbers, and that enough of them are correct.</summary>
internal static class EvaluationChecks
{
    private const string Group = "evaluation";

    /// <summary>Adds the checks and all metrics.</summary>
    /// <param name="head">The report without its checks.</param>
    /// <param name="report">The metrics.</param>
    /// <param name="minimum">The share of the texts whose label has to be predicted; null where none was asked for.
    /// </param>
    internal static CheckReport Complete(CheckReport head, ClassificationReport report, double? minimum)
    {
        var isFinite = double.IsFinite(report.LogLoss);
        return head with
        {
            Checks = [Finite(report, isFinite), .. minimum is { } share ? [Accuracy(report, share)] : NoChecks],
            Metrics = isFinite ? JsonDocument.Parse(report.ToJson()).RootElement.Clone() : null,
        };
    }

    private static CheckResult[] NoChecks => [];

    // A single NaN among the log-odds makes the mean one.
    private static CheckResult Finite(ClassificationReport report, bool isFinite) => new()
    {
        Group = Group,
        Name = "finite predictions",
        Outcome = isFinite ? CheckOutcome.Passed : CheckOutcome.Failed,
        Message = isFinite
            ? ""
            : $"The model gives NaN or infinite log-odds to at least one of {Whole(report.Count)} texts: its weights " +
                "are damaged, or overflow in its precision. Compare it with `onnx-sentiment verify`.",
        Measurements = [new("texts", report.Count), new("log loss", report.LogLoss)],
    };

    private static CheckResult Accuracy(ClassificationReport report, double minimum) => new()
    {
        Group = Group,
        Name = "minimum accuracy",
        Outcome = IsEnough(report.Confusion, minimum) ? CheckOutcome.Passed : CheckOutcome.Failed,
        Message = Sentence(report, minimum),
        Measurements =
        [
            new("accuracy", report.Accuracy),
            new("accuracy, lower end of the 95 % interval", report.AccuracyInterval.Low),
            new("accuracy, upper end of the 95 % interval", report.AccuracyInterval.High),
            new("minimum accuracy", minimum),
        ],
    };

    // In decimals: exactly the minimum has to do, whatever a division rounds to.
    private static bool IsEnough(ConfusionMatrix confusion, double minimum) =>
        confusion.Correct >= (decimal)minimum * confusion.Count;

    private static string Sentence(ClassificationReport report, double minimum) => string.Create(
        CultureInfo.InvariantCulture,
        $"The accuracy is {report.Accuracy:0.0000} ({report.Confusion.Correct:N0} of {report.Count:N0} texts, 95 % " +
        $"interval {report.AccuracyInterval.Low:0.0000} to {report.AccuracyInterval.High:0.0000}), " +
        $"{(IsEnough(report.Confusion, minimum) ? "and" : "but")} at least {minimum} was expected " +
        $"(--minimum-accuracy).");

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
