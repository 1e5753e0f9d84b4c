using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>The example of the README, and of the one in the package, is this code, and it runs.</summary>
[NonParallelizable] // changes the current folder and the console's output
public sealed class ReadmeExampleTests
{
    private const string Begin = "// begin of " + "the example";
    private const string End = "// end of " + "the example";

    [TestCase("README.md")]
    [TestCase("src/Runtime/README.md")]
    public void Readme_Example_IsTheCodeBelow(string path)
    {
        var source = File.ReadAllText(Path.Combine(Checkout.Root, "tests/Runtime.Tests/ReadmeExampleTests.cs"));
        var here = source.Split(Begin)[^1].Split(End)[0];
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, path));
        var block = readme.Split("```csharp\n")[1].Split("```")[0].Replace("using OnnxSentiment.Runtime;\n", "");
        Assert.That(Lines(block), Is.EqualTo(Lines(here)));
        Assert.That(Lines(block), Has.Count.GreaterThan(3));
    }

    [Test]
    public void Readme_Example_PrintsLabelAndProbability()
    {
        var (folder, output) = (Environment.CurrentDirectory, Console.Out);
        try
        {
            Environment.CurrentDirectory = Checkout.ImdbModel;
            var written = new StringWriter();
            Console.SetOut(written);
            Example();
            Assert.That(written.ToString().Trim(), Does.Match("^(positive|negative) [01][.,][0-9]{3}$"));
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
        using var model = SentimentModel.Load("model.onnx");

        SentimentPrediction one = model.Predict("A warm, funny and beautifully acted film.");
        Console.WriteLine($"{one.Label} {one.Probability:0.000}");

        IReadOnlyList<SentimentPrediction> many = model.Predict(["A joy from start to end.", "A waste of time."]);
        // end of the example
        Assert.That(many, Has.Count.EqualTo(2));
    }

    private static List<string> Lines(string code) =>
        [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
