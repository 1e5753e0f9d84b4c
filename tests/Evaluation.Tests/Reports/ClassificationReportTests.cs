using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Evaluation.Tests;

public class ClassificationReportTests
{
    private const string Approved = "tests/Evaluation.Tests/Reports/unbalanced.approved.json";

    private static readonly string[] Labels = ["negative", "positive"];

    // Log-odds of the second label, and whether a text has it.
    private static readonly (float Logit, bool IsPositive)[] Texts =
        [(2, true), (1, false), (-1, true), (-3, false), (0, true)];

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("report-tests-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Of_TwoLabels_MetricsByHand()
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
    public void Of_ThreeLabels_HasACurveOfEachAgainstTheRest()
    {
        LabeledPrediction[] predictions =
            [new([0.7f, 0.2f, 0.1f], 0), new([0.6f, 0.3f, 0.1f], 1), new([0.1f, 0.2f, 0.7f], 2)];
        var report = ClassificationReport.Of(predictions, ["a", "b", "c"]);
        Assert.That(
            report.Roc.Select(roc => (roc.Label, roc.Curve!.Area)), Is.EqualTo([("a", 1.0), ("b", 1.0), ("c", 1.0)]));
        Assert.That(report.LogLoss, Is.EqualTo(-(Math.Log(0.7) + Math.Log(0.3) + Math.Log(0.7)) / 3).Within(1e-6));
        Assert.That(report.TextsPerSecond, Is.Null);
        Assert.That(JsonNode.Parse(report.ToJson())!.AsObject()["texts_per_second"], Is.Null);
    }

    [Test]
    public void Of_CertainAndWrong_HasAFiniteLoss()
    {
        var report = ClassificationReport.Of([new([0, 1], 0) { LogOdds = [-200, 200] }], Labels);
        Assert.That(report.LogLoss, Is.EqualTo(200));
        Assert.That(report.Calibration.Value, Is.EqualTo(1));
    }

    [Test]
    public void Of_NoPredictions_Throws() =>
        Assert.That(() => ClassificationReport.Of([], Labels), Throws.InstanceOf<ArgumentException>());

    [TestCase(3, 2, 1)]
    [TestCase(2, 3, 1)]
    [TestCase(2, 2, 2)]
    [TestCase(2, 2, -1)]
    public void Of_PredictionThatDoesNotFitTheLabels_Throws(int probabilities, int logOdds, int truth) => Assert.That(
        () => ClassificationReport.Of([new(new float[probabilities], truth) { LogOdds = new float[logOdds] }], Labels),
        Throws.ArgumentException.With.Message.Contains($"{probabilities}").And.Message.Contains($"{truth}"));

    // 3 negative texts, 1 of them missed, and 1 positive: macro and weighted means differ in every metric.
    [Test]
    public void ToJson_UnbalancedTexts_IsThis()
    {
        LabeledPrediction[] predictions =
        [
            Prediction(
                -2, isPositive: false, "test/neg/0_1.txt"), Prediction(-2, isPositive: false, "test/neg/1_1.txt"),
            Prediction(1, isPositive: false, "test/neg/2_4.txt"), Prediction(3, isPositive: true, "test/pos/0_9.txt"),
        ];
        var json = ClassificationReport.Of(predictions, Labels, TimeSpan.FromSeconds(3), [Grouping.Rating]).ToJson();
        var (approved, received) = (Path.Combine(Checkout.Root, Approved), Rounded(json));
        if (Environment.GetEnvironmentVariable("ONNX_SENTIMENT_APPROVE") == "1")
        {
            File.WriteAllText(approved, received);
        }

        Assert.That(received, Is.EqualTo(File.ReadAllText(approved).ReplaceLineEndings("\n")));
        Assert.That(json, Does.Not.Contain("\n"));
    }

    [Test]
    public void SavePictures_TextsOfOneLabel_HaveNoRocCurve()
    {
        var report = ClassificationReport.Of([Prediction(2.2f, isPositive: true)], Labels);
        Assert.That(JsonNode.Parse(report.ToJson())!["roc_auc"], Is.Null);
        Assert.That(report.SavePictures(_folder), Is.EqualTo(["confusion.png", "reliability.png"]));
    }

    [Test]
    public void SavePictures_Report_WritesPictures()
    {
        var folder = Path.Combine(_folder, "new", "pictures");
        var names = Report().SavePictures(folder);
        Assert.That(names, Is.EqualTo(["confusion.png", "reliability.png", "roc.png"]));
        foreach (var name in names)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, name));
            Assert.That(bytes[..8], Is.EqualTo((byte[])[0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']), name);
            Assert.That(bytes, Has.Length.GreaterThan(5_000), name);
        }
    }

    private static ClassificationReport Report() => ClassificationReport.Of(
        [.. Texts.Select(text => Prediction(text.Logit, text.IsPositive))], Labels, TimeSpan.FromSeconds(0.5));

    private static LabeledPrediction Prediction(float logit, bool isPositive, string? id = null)
    {
        var probability = 1 / (1 + MathF.Exp(-logit));
        return new([1 - probability, probability], isPositive ? 1 : 0) { LogOdds = [-logit, logit], Id = id };
    }

    // The last digits of exponentials belong to the processor.
    private static string Rounded(string json)
    {
        var rounded = Regex.Replace(
            json, @"\d+\.\d{7,}",
            number => $"{Math.Round(double.Parse(number.Value, CultureInfo.InvariantCulture), 6)}");
        return JsonNode.Parse(rounded)!.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
    }
}
