using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>The assertions of the package's README are this code, and they hold of the model that ships.</summary>
[NonParallelizable] // changes the current folder
public sealed class ReadmeAssertionsTests
{
    private const string Begin = "// begin of " + "the assertions";
    private const string End = "// end of " + "the assertions";

    [Test]
    public void Readme_Assertions_AreTheCodeBelow()
    {
        var source = Read("tests/Parity.Tests/Assertions/ReadmeAssertionsTests.cs");
        var here = Lines(source.Split(Begin)[^1].Split(End)[0]);
        var block = Read("src/Parity/README.md").Split("```csharp\n")[2].Split("```")[0];

        Assert.That(Lines(block), Is.EqualTo(here));
        Assert.That(here, Has.Count.EqualTo(3));
    }

    [Test]
    public void Readme_Assertions_HoldOfTheModelThatShips()
    {
        var folder = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = Checkout.ImdbModel;
            Assert.That(Example, Throws.Nothing);
        }
        finally
        {
            Environment.CurrentDirectory = folder;
        }
    }

    private static void Example()
    {
        // begin of the assertions
        OnnxAssert.MatchesTestData("model.onnx");
        OnnxAssert.Agrees("int8/model.onnx", "model.onnx");
        OnnxAssert.Agrees("int8/model.onnx", "model.onnx", new AgreementOptions { Seed = 7, AbsoluteTolerance = 0.2 });
        // end of the assertions
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Checkout.Root, path));

    private static List<string> Lines(string code) =>
        [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
