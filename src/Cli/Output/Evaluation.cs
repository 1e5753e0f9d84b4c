using System.Globalization;
using System.Text.Json.Nodes;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli.Output;

/// <summary>How right a model is on labelled texts.</summary>
/// <param name="Count">Texts.</param>
/// <param name="Accuracy">Share of the texts whose label was predicted.</param>
/// <param name="LogLoss">Mean of -ln(probability given to the true label), in nats.</param>
/// <param name="TruePositives">Texts of the second label predicted as such.</param>
/// <param name="FalsePositives">Texts of the first label predicted as the second.</param>
/// <param name="TrueNegatives">Texts of the first label predicted as such.</param>
/// <param name="FalseNegatives">Texts of the second label predicted as the first.</param>
/// <param name="TextsPerSecond">Speed, tokenising included, reading not.</param>
internal sealed record Evaluation(
    int Count, double Accuracy, double LogLoss,
    int TruePositives, int FalsePositives, int TrueNegatives, int FalseNegatives, double TextsPerSecond)
{
    internal static Evaluation Of(
        IReadOnlyList<SentimentPrediction> predictions, IReadOnlyList<bool> isPositive, TimeSpan elapsed)
    {
        var cells = predictions.Zip(isPositive, (p, truth) => (Predicted: p.Probability >= 0.5f, Truth: truth)).ToList();
        int CountOf(bool predicted, bool truth) => cells.Count(cell => cell == (predicted, truth));
        return new Evaluation(
            predictions.Count,
            cells.Average(cell => cell.Predicted == cell.Truth ? 1.0 : 0.0),
            predictions.Zip(isPositive, LogLossOf).Average(),
            CountOf(true, true), CountOf(true, false), CountOf(false, false), CountOf(false, true),
            predictions.Count / elapsed.TotalSeconds);
    }

    internal IEnumerable<string[]> Rows(IReadOnlyList<string> labels) =>
    [
        ["accuracy", Accuracy.ToString("0.0000", CultureInfo.InvariantCulture)],
        ["log loss", LogLoss.ToString("0.0000", CultureInfo.InvariantCulture)],
        ["texts", Count.ToString("N0", CultureInfo.InvariantCulture)],
        [labels[1], $"{TruePositives:N0} found, {FalseNegatives:N0} missed"],
        [labels[0], $"{TrueNegatives:N0} found, {FalsePositives:N0} missed"],
        ["texts/s", TextsPerSecond.ToString("N0", CultureInfo.InvariantCulture)],
    ];

    internal string ToJson() => new JsonObject
    {
        ["accuracy"] = Accuracy,
        ["count"] = Count,
        ["log_loss"] = LogLoss,
        ["true_positives"] = TruePositives,
        ["false_positives"] = FalsePositives,
        ["true_negatives"] = TrueNegatives,
        ["false_negatives"] = FalseNegatives,
        ["texts_per_second"] = Math.Round(TextsPerSecond, 1),
    }.ToJsonString();

    // From the logit, where a probability of exactly 0 or 1 cannot make the logarithm infinite.
    private static double LogLossOf(SentimentPrediction prediction, bool isPositive)
    {
        double margin = isPositive ? prediction.Logit : -prediction.Logit;
        return Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
    }
}
