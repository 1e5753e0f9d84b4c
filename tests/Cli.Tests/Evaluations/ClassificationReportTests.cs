using System.Text.Json.Nodes;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli.Tests;

public class ClassificationReportTests
{
    private static readonly string[] Labels = ["negative", "positive"];

    // Log-odds of the second label, and whether a text has it.
    private static readonly (float Logit, bool IsPositive)[] Texts = [(2, true), (1, false), (-1, true), (-3, false), (0, true)];

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("report-tests-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Of_TwoLabels_FiguresByHand()
    {
        var report = Report();
        Assert.That(report.Accuracy, Is.EqualTo(0.6));
        Assert.That(report.Confusion.Row(0), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(report.Confusion.Row(1), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(report.TextsPerSecond, Is.EqualTo(10));

        // Positives 2, 0, -1 against negatives 1, -3: of six pairs four are won.
        Assert.That(report.RocAuc, Is.EqualTo(4.0 / 6).Within(1e-12));

        // The mean of ln(1 + e^-z) over the log-odds of each text's own label: 2, -1, -1, 3, 0.
        var losses = new[] { 2.0, -1, -1, 3, 0 }.Select(z => Math.Log(1 + Math.Exp(-z)));
        Assert.That(report.LogLoss, Is.EqualTo(losses.Average()).Within(1e-7));
    }

    [Test]
    public void Of_CertainAndWrong_HasAFiniteLoss()
    {
        var report = ClassificationReport.Of([new("positive", 1, 200)], ["negative"], Labels, TimeSpan.FromSeconds(1));
        Assert.That(report.LogLoss, Is.EqualTo(200));
        Assert.That(report.Calibration.Error, Is.EqualTo(1));
    }

    [Test]
    public void Json_Report_HasEveryFigure()
    {
        var json = JsonNode.Parse(ReportFormat.Json(Report()))!.AsObject();
        Assert.That(json.Select(figure => figure.Key), Is.EqualTo(
        [
            "accuracy", "count", "log_loss", "roc_auc", "expected_calibration_error", "macro", "weighted", "labels",
            "confusion_matrix", "calibration", "groups", "texts_per_second",
        ]));
        Assert.That(json["confusion_matrix"]!.ToJsonString(), Is.EqualTo("[[1,1],[1,2]]"));
        Assert.That(json["labels"]![1]!.ToJsonString(), Is.EqualTo("{\"label\":\"positive\",\"precision\":0.6666666666666666,\"recall\":0.6666666666666666,\"f1\":0.6666666666666666,\"count\":3}"));
        Assert.That(json["macro"]!["recall"]!.GetValue<double>(), Is.EqualTo((0.5 + (2.0 / 3)) / 2).Within(1e-12));
        Assert.That(json["calibration"]!.AsArray().Sum(bin => bin!["count"]!.GetValue<int>()), Is.EqualTo(5));
        Assert.That(json["calibration"]![14]!["to"]!.GetValue<double>(), Is.EqualTo(1));
    }

    // ECE: probabilities of the predicted labels 0.881 (right), twice 0.731 (both wrong), 0.953 and 0.5 (right), in four bins.
    [Test]
    public void Write_Report_ShowsThreeTables()
    {
        var text = new StringWriter();
        ReportFormat.Write(text, Report());
        Assert.That(text.ToString(), Is.EqualTo(
            """
            accuracy  0.6000
            log loss  0.6990
            ROC-AUC   0.6667
            ECE       0.4257
            texts     5
            texts/s   10

            label          precision  recall  F1      texts
            negative       0.5000     0.5000  0.5000  2
            positive       0.6667     0.6667  0.6667  3
            macro mean     0.5833     0.5833  0.5833  5
            weighted mean  0.6000     0.6000  0.6000  5

            label     as negative  as positive
            negative  1            1
            positive  1            2

            """));
    }

    [Test]
    public void SaveAndWrite_TextsOfOneLabel_HaveNoRocCurve()
    {
        var report = ClassificationReport.Of([new("positive", 0.9f, 2.2f)], ["positive"], Labels, TimeSpan.FromSeconds(1));
        var text = new StringWriter();
        ReportFormat.Write(text, report);
        Assert.That(text.ToString(), Does.Contain("none: it takes texts of two labels"));
        Assert.That(JsonNode.Parse(ReportFormat.Json(report))!["roc_auc"], Is.Null);
        Assert.That(ReportPictures.Save(report, _folder), Is.EqualTo(["confusion.png", "reliability.png"]));
    }

    [Test]
    public void Save_Report_WritesPictures()
    {
        var folder = Path.Combine(_folder, "new", "pictures");
        var names = ReportPictures.Save(Report(), folder);
        Assert.That(names, Is.EqualTo(["confusion.png", "reliability.png", "roc.png"]));
        foreach (var name in names)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, name));
            Assert.That(bytes[..8], Is.EqualTo((byte[])[0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']), name);
            Assert.That(bytes, Has.Length.GreaterThan(5_000), name);
        }
    }

    private static ClassificationReport Report() => ClassificationReport.Of(
        [.. Texts.Select(text => Prediction(text.Logit))],
        [.. Texts.Select(text => Labels[text.IsPositive ? 1 : 0])],
        Labels,
        TimeSpan.FromSeconds(0.5));

    private static SentimentPrediction Prediction(float logit) =>
        new(Labels[logit >= 0 ? 1 : 0], 1 / (1 + MathF.Exp(-logit)), logit);
}
