using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Evaluation.Tests;

/// <summary>The example in the package's README is this code, and it runs.</summary>
[NonParallelizable] // changes the current folder and the console's output
public sealed class ReadmeExampleTests
{
    private const string Begin = "// begin of " + "the example";
    private const string End = "// end of " + "the example";

    [Test]
    public void Readme_Example_IsTheCodeBelow()
    {
        var source = File.ReadAllText(Path.Combine(Checkout.Root, "tests/Evaluation.Tests/ReadmeExampleTests.cs"));
        var here = source.Split(Begin)[^1].Split(End)[0];
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "src/Evaluation/README.md"));
        var block = readme.Split("```csharp\n")[1].Split("```")[0].Replace("using OnnxSentiment.Evaluation;\n", "");
        Assert.That(Lines(block), Is.EqualTo(Lines(here)));
        Assert.That(Lines(block), Has.Count.GreaterThan(3));
    }

    [Test]
    public void Readme_Example_PrintsMetricsAndWritesFiles()
    {
        var (before, output) = (Environment.CurrentDirectory, Console.Out);
        var folder = Directory.CreateTempSubdirectory("readme-tests-").FullName;
        try
        {
            Environment.CurrentDirectory = folder;
            var written = new StringWriter();
            Console.SetOut(written);
            Example();
            Assert.That(
                written.ToString().ReplaceLineEndings("\n"),
                Is.EqualTo("accuracy 0.667, macro F1 0.667\nROC-AUC 1.000, ECE 0.333\n"));
            Assert.That(File.ReadAllText("report.json"), Does.Contain("\"rating\""));
            Assert.That(File.Exists("pictures/roc.png"));
        }
        finally
        {
            Console.SetOut(output);
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Example()
    {
        // begin of the example
        string[] labels = ["negative", "positive"];
        LabeledPrediction[] predictions =
        [
            new([0.1f, 0.9f], TrueLabel: 1) { Id = "test/pos/0_10.txt", TokenCount = 120 },
            new([0.8f, 0.2f], TrueLabel: 0) { Id = "test/neg/1_3.txt", TokenCount = 45 },
            new([0.3f, 0.7f], TrueLabel: 0) { Id = "test/neg/2_4.txt", TokenCount = 210 },
        ];

        var report = ClassificationReport.Of(predictions, labels, groupings: [Grouping.Rating]);
        Console.WriteLine($"accuracy {report.Accuracy:0.000}, macro F1 {report.Confusion.Macro.F1:0.000}");
        Console.WriteLine($"ROC-AUC {report.RocAuc:0.000}, ECE {report.Calibration.Value:0.000}");

        File.WriteAllText("report.json", report.ToJson());
        report.SavePictures("pictures");
        // end of the example
    }

    private static List<string> Lines(string code) =>
        [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
