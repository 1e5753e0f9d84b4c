using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>The example of the package's README is this code, and it runs.</summary>
[NonParallelizable] // changes the current folder and the console's output
public sealed class ReadmeExampleTests
{
    private const string Begin = "// begin of " + "the example";
    private const string End = "// end of " + "the example";

    [Test]
    public void Readme_Example_IsTheCodeBelow()
    {
        var source = File.ReadAllText(Path.Combine(Checkout.Root, "tests/Trainer.Tests/ReadmeExampleTests.cs"));
        var here = string.Concat(source.Split(Begin)[1..].Select(part => part.Split(End)[0]));
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "src/Trainer/README.md"));
        var block = readme.Split("```csharp\n")[1].Split("```")[0].Replace("using OnnxSentiment.Trainer;\n", "");
        Assert.That(Lines(block), Is.EqualTo(Lines(here)));
        Assert.That(Lines(block), Has.Count.GreaterThan(8));
    }

    [Test]
    public void Readme_Example_TrainsAndSavesACheckpoint()
    {
        using var temporary = new TemporaryFolder();
        var corpus = ReviewCorpus.Generate(seed: 1, trainCount: 200, testCount: 10);
        temporary.Write(
            "reviews.csv", "text,label\n" + string.Concat(
                corpus.Train.Select(text => $"\"{text.Text}\",{text.Label}\n")));
        var (folder, output) = (Environment.CurrentDirectory, Console.Out);
        try
        {
            Environment.CurrentDirectory = temporary.Path;
            var written = new StringWriter();
            Console.SetOut(written);
            Example();

            Assert.That(written.ToString(), Does.Contain("epoch 3: loss 0.").And.Contain("validation accuracy "));
            Assert.That(Checkpoint.Load("checkpoint").Config.Labels, Is.EqualTo(new[] { "negative", "positive" }));
            Assert.That(
                Directory.GetFileSystemEntries(temporary.Path), Has.Length.EqualTo(2), "reviews.csv, checkpoint");
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
        Dataset data = DatasetReader.Read("reviews.csv");
        TrainingRecipe recipe = PresetTable.Get(PresetTable.Quickstart).With("epochs=3", "seed=7");

        TrainingResult result = new TrainingRun("checkpoint").Train(data, recipe, new ConsoleProgress());
        Console.WriteLine($"validation accuracy {result.Checkpoint.Config.Metrics["validation_accuracy"]:0.000}");
        // end of the example
    }

    private static List<string> Lines(string code) =>
        [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}

// begin of the example
internal sealed class ConsoleProgress : ITrainingObserver
{
    public void OnEpoch(TrainingHistory history) =>
        Console.WriteLine($"epoch {history.Epochs[^1].Epoch}: loss {history.Epochs[^1].ValidationLoss:0.000}");
}
// end of the example
