using OnnxSentiment.Evaluation;

namespace OnnxSentiment.Cli.Tests;

public class ReportTablesTests
{
    private static readonly string[] Labels = ["negative", "positive"];

    // Log-odds of the second label, and whether a text has it.
    private static readonly (float Logit, bool IsPositive)[] Texts =
        [(2, true), (1, false), (-1, true), (-3, false), (0, true), (-3, false), (-3, false), (-3, false)];

    // ECE: 0.881 (right), twice 0.731 (both wrong), four times 0.953 (right) and 0.5 (right), in four bins.
    [Test]
    public void Write_Report_ShowsTheTables() => Assert.That(
        Written(Report(Labels, TimeSpan.FromSeconds(0.5), Grouping.Length)),
        Is.EqualTo(
            """
            accuracy       0.7500
            95 % interval  0.4093 to 0.9285
            log loss       0.4551
            ROC-AUC        0.8667
            ECE            0.2839
            texts          8
            texts/s        16

            label          precision  recall  F1      texts
            negative       0.8000     0.8000  0.8000  5
            positive       0.6667     0.6667  0.6667  3
            macro mean     0.7333     0.7333  0.7333  8
            weighted mean  0.7500     0.7500  0.7500  8

            label     as negative  as positive
            negative  4            1
            positive  1            2

            length        accuracy  texts
            1 to 1 words  1.0000    1
            2 to 2 words  0.0000    1
            3 to 3 words  0.0000    1
            4 to 4 words  1.0000    1
            5 to 5 words  1.0000    1
            6 to 6 words  1.0000    1
            7 to 7 words  1.0000    1
            8 to 8 words  1.0000    1

            """));

    [Test]
    public void Write_TextsOfOneLabelWithoutATime_SaysThatThereIsNoRocCurve()
    {
        var text = Written(ClassificationReport.Of([new([0.1f, 0.9f], 1)], Labels));
        Assert.That(text, Does.Match("ROC-AUC +none"));
        Assert.That(text, Does.Not.Contain("texts/s"));
    }

    [TestCase(10, true)]
    [TestCase(11, false)]
    public void Write_ManyLabels_ShowsAMatrixThatFits(int count, bool isShown)
    {
        var labels = Enumerable.Range(0, count).Select(i => $"l{i}").ToArray();
        var text = Written(ClassificationReport.Of([new(new float[count], 1)], labels));
        Assert.That(text.Contains("as l0", StringComparison.Ordinal), Is.EqualTo(isShown));
        Assert.That(text.Contains("--json", StringComparison.Ordinal), Is.EqualTo(!isShown));
    }

    [Test]
    public void Write_LongLabels_FitATerminal()
    {
        string[] labels = [new('a', 300), new('b', 300), "c"];
        var text = Written(ClassificationReport.Of([new([0.1f, 0.8f, 0.1f], 1)], labels));
        Assert.That(text.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(80), text);
        Assert.That(text, Does.Contain("…"));
    }

    private static string Written(ClassificationReport report)
    {
        var text = new StringWriter();
        ReportTables.Write(text, report);
        return text.ToString();
    }

    private static ClassificationReport Report(
        IReadOnlyList<string> labels, TimeSpan elapsed, params Grouping[] groupings) =>
        ClassificationReport.Of([.. Texts.Select(Prediction)], labels, elapsed, groupings);

    private static LabeledPrediction Prediction((float Logit, bool IsPositive) text, int i)
    {
        var probability = 1 / (1 + MathF.Exp(-text.Logit));
        return new([1 - probability, probability], text.IsPositive ? 1 : 0)
        {
            LogOdds = [-text.Logit, text.Logit],
            TokenCount = i + 1,
        };
    }
}
