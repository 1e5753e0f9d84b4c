using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxSentiment.Cli;

/// <summary>A report as text and as JSON.</summary>
internal static class ReportFormat
{
    // A wider matrix does not fit on a terminal; its numbers are in the JSON.
    private const int MaximumColumns = 12;

    // Labels of all scripts stay as they are.
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the figures of the whole, those of each label, which label was predicted as which, and those of each group.</summary>
    internal static void Write(TextWriter output, ClassificationReport report)
    {
        AlignedText.Write(output, Summary(report));
        output.WriteLine();
        AlignedText.Write(output, Labels(report));
        output.WriteLine();
        AlignedText.Write(output, Confusion(report));
        foreach (var (name, groups) in report.Groups)
        {
            output.WriteLine();
            AlignedText.Write(output, [[name, "accuracy", "texts"], .. groups.Select(group => (string[])[group.Name, Share(group.Accuracy), Whole(group.Count)])]);
        }
    }

    /// <summary>All figures as one object on one line.</summary>
    internal static string Json(ClassificationReport report) => new JsonObject
    {
        ["accuracy"] = report.Accuracy,
        ["count"] = report.Count,
        ["log_loss"] = report.LogLoss,
        ["roc_auc"] = report.RocAuc,
        ["expected_calibration_error"] = report.Calibration.Error,
        ["macro"] = Json(report.Confusion.Macro),
        ["weighted"] = Json(report.Confusion.Weighted),
        ["labels"] = Array(report.Labels.Select((label, i) => Json(report.Confusion.FiguresOf(i), label))),
        ["confusion_matrix"] = Array(report.Labels.Select((_, truth) => Array(report.Confusion.Row(truth).Select(n => (JsonNode)n)))),
        ["calibration"] = Array(report.Calibration.Bins.Select(Json)),
        ["groups"] = new JsonObject(report.Groups.Select(grouping =>
            KeyValuePair.Create<string, JsonNode?>(grouping.Name, Array(grouping.Groups.Select(Json))))),
        ["texts_per_second"] = Math.Round(report.TextsPerSecond, 1),
    }.ToJsonString(OneLine);

    private static IEnumerable<string[]> Summary(ClassificationReport report) =>
    [
        ["accuracy", Share(report.Accuracy)],
        ["log loss", Share(report.LogLoss)],
        ["ROC-AUC", report.RocAuc is { } area ? Share(area) : "none: it takes texts of two labels"],
        ["ECE", Share(report.Calibration.Error)],
        ["texts", Whole(report.Count)],
        ["texts/s", report.TextsPerSecond.ToString("N0", CultureInfo.InvariantCulture)],
    ];

    private static IEnumerable<string[]> Labels(ClassificationReport report) =>
    [
        ["label", "precision", "recall", "F1", "texts"],
        .. report.Labels.Select((label, i) => Row(label, report.Confusion.FiguresOf(i))),
        Row("macro mean", report.Confusion.Macro),
        Row("weighted mean", report.Confusion.Weighted),
    ];

    private static IEnumerable<string[]> Confusion(ClassificationReport report) => report.Labels.Count > MaximumColumns
        ? [[$"The matrix of the {report.Labels.Count} labels is too wide here; see --json or --pictures."]]
        :
        [
            ["label", .. report.Labels.Select(label => $"as {label}")],
            .. report.Labels.Select((label, truth) => (string[])[label, .. report.Confusion.Row(truth).Select(Whole)]),
        ];

    private static string[] Row(string label, LabelFigures figures) =>
        [label, Share(figures.Precision), Share(figures.Recall), Share(figures.F1), Whole(figures.Count)];

    private static JsonObject Json(LabelFigures figures, string? label = null)
    {
        var json = new JsonObject { ["precision"] = figures.Precision, ["recall"] = figures.Recall, ["f1"] = figures.F1 };
        if (label is not null)
        {
            json.Insert(0, "label", label);
            json["count"] = figures.Count;
        }

        return json;
    }

    private static JsonNode Json(CalibrationBin bin, int i) => new JsonObject
    {
        ["from"] = (double)i / Calibration.BinCount,
        ["to"] = (i + 1.0) / Calibration.BinCount,
        ["count"] = bin.Count,
        ["confidence"] = bin.Confidence,
        ["share_right"] = bin.ShareRight,
    };

    private static JsonNode Json(GroupFigures group) => new JsonObject
    {
        ["group"] = group.Name,
        ["accuracy"] = group.Accuracy,
        ["count"] = group.Count,
    };

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];

    private static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
