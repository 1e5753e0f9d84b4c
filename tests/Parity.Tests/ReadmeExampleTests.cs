using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>The example of the package's README is this code, and it runs.</summary>
[NonParallelizable] // changes the current folder and the console's output
public sealed class ReadmeExampleTests
{
    private const string Begin = "// begin of " + "the example";
    private const string End = "// end of " + "the example";

    [Test]
    public void Readme_Example_IsTheCodeBelow()
    {
        var source = File.ReadAllText(Path.Combine(Checkout.Root, "tests/Parity.Tests/ReadmeExampleTests.cs"));
        var here = source.Split(Begin)[^1].Split(End)[0];
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "src/Parity/README.md"));
        var block = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.That(
            Lines(block).Where(line => !line.StartsWith("using Onnx", StringComparison.Ordinal)),
            Is.EqualTo(Lines(here)));
        Assert.That(Lines(here), Has.Count.GreaterThan(3));
    }

    [Test]
    public void Readme_Example_ReportsOnWhatIsStoredRandomAndReal()
    {
        var (folder, output) = (Environment.CurrentDirectory, Console.Out);
        try
        {
            Environment.CurrentDirectory = Checkout.ImdbModel;
            var written = new StringWriter();
            Console.SetOut(written);
            Example();
            Assert.That(
                written.ToString().Split('\n')
                    .Count(line => line.StartsWith("parity: passed", StringComparison.Ordinal)), Is.EqualTo(4));
        }
        finally
        {
            Console.SetOut(output);
            Environment.CurrentDirectory = folder;
        }
    }

    private static void Example()
    {
        // begin of the example
        var checkpoint = Checkpoint.Load("checkpoint");
        using var check = new ParityCheck("model.onnx", checkpoint);

        ParityReport report = check.Run(ParityCheck.DefaultSeed, ["A warm, funny and beautifully acted film."]);
        foreach (ComparisonReport comparison in report.Comparisons)
        {
            Console.WriteLine(comparison.ToText());
        }

        report.ThrowIfFailed();
        // end of the example
    }

    private static List<string> Lines(string code) =>
        [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
