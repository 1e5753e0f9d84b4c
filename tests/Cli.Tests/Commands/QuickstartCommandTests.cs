using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxSentiment.Cli.Tests;

/// <summary>The first command that a newcomer runs, as it is.</summary>
[Category("Slow")]
public partial class QuickstartCommandTests
{
    /// <summary>A bag of words stays below 0.8 on the same corpus: see the tests of the corpus.</summary>
    private const double AccuracyOfWordOrder = 0.97;

    [Test]
    public async Task RunAsync_WithoutAnyData_LearnsTheOrderOfWordsVerifiesAndPredicts()
    {
        using var files = new TinyFiles();

        var result = await Tool.RunAsync("quickstart", "--out", files.In("quickstart"));

        TestContext.Out.WriteLine(result);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(
            double.Parse(Accuracy().Match(result.Output).Groups[1].Value, CultureInfo.InvariantCulture),
            Is.GreaterThan(AccuracyOfWordOrder));
        Assert.That(result.Output, Does.Contain("Verified: the file computes what was trained."));
        Assert.That(result.Output, Does.Contain("Not bad at all.").And.Not.Contain("(meant:"));
        Assert.That(files.In("quickstart/model.onnx"), Does.Exist);
    }

    [GeneratedRegex(@"accuracy on .* never seen: ([0-9.]+)")]
    private static partial Regex Accuracy();
}
