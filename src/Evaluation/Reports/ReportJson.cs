using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxSentiment.Evaluation;

/// <summary>A report as JSON.</summary>
internal static class ReportJson
{
    // Labels of all scripts stay as they are.
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static string Format(ClassificationReport report) => new JsonObject
    {
        ["accuracy"] = report.Accuracy,
        ["accuracy_interval"] = new JsonObject
        {
            ["low"] = report.AccuracyInterval.Low,
            ["high"] = report.AccuracyInterval.High,
            ["confidence"] = AccuracyInterval.Confidence,
        },
        ["count"] = report.Count,
        ["log_loss"] = report.LogLoss,
        ["roc_auc"] = report.RocAuc,
        ["expected_calibration_error"] = report.Calibration.Value,
        ["macro"] = Format(report.Confusion.Macro),
        ["weighted"] = Format(report.Confusion.Weighted),
        ["labels"] = Array(report.Labels.Select((label, i) => Format(report.Confusion.MetricsOf(i), label))),
        ["confusion_matrix"] = Array(
            report.Labels.Select((_, truth) => Array(report.Confusion.Row(truth).Select(count => (JsonNode)count)))),
        ["calibration"] = Array(report.Calibration.Bins.Select(Format)),
        ["groups"] = new JsonObject(report.Groups.Select(grouping =>
            KeyValuePair.Create<string, JsonNode?>(grouping.Name, Array(grouping.Groups.Select(Format))))),
        ["texts_per_second"] = report.TextsPerSecond is { } speed ? Math.Round(speed, 1) : null,
    }.ToJsonString(OneLine);

    private static JsonObject Format(LabelMetrics metrics, string? label = null)
    {
        var json = new JsonObject
        {
            ["precision"] = metrics.Precision,
            ["recall"] = metrics.Recall,
            ["f1"] = metrics.F1,
        };
        if (label is not null)
        {
            json.Insert(0, "label", label);
            json["count"] = metrics.Count;
        }

        return json;
    }

    private static JsonNode Format(CalibrationBin bin, int i) => new JsonObject
    {
        ["from"] = (double)i / ExpectedCalibrationError.BinCount,
        ["to"] = (i + 1.0) / ExpectedCalibrationError.BinCount,
        ["count"] = bin.Count,
        ["confidence"] = bin.Confidence,
        ["share_right"] = bin.Accuracy,
    };

    private static JsonNode Format(GroupAccuracy group) => new JsonObject
    {
        ["group"] = group.Name,
        ["accuracy"] = group.Accuracy,
        ["count"] = group.Count,
    };

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];
}
