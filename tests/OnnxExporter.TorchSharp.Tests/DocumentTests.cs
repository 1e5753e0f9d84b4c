using System.Text;
using System.Text.RegularExpressions;
using Newcomer;
using OnnxSentiment.Tests.Shared;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// docs/torchsharp-modules.md: its table is the list of converters, its C# is code of these tests, and its outputs are
/// what that prints but for the figures; the same of the package's README.
/// <c>ONNX_SENTIMENT_APPROVE=1</c> writes all three into the document.
/// </summary>
[NonParallelizable] // changes the current folder and the console's output
public sealed partial class DocumentTests
{
    private static readonly string TestFolder = Path.Combine(Checkout.Root, "tests", "OnnxExporter.TorchSharp.Tests");

    [TestCase("docs/torchsharp-modules.md")]
    [TestCase("src/OnnxExporter.TorchSharp/README.md")]
    public void Document_TableExamplesAndOutputs_AreThoseOfTheCode(string document)
    {
        var path = Path.Combine(Checkout.Root, document);
        var shown = File.ReadAllText(path);
        Assert.That(Example().IsMatch(shown));
        var written = Example().Replace(
            shown,
            block => $"<!-- example: {block.Groups[1].Value} -->\n```csharp\n{Code(block.Groups[1].Value)}```\n");
        written = Output().Replace(
            written,
            block => $"<!-- output: {block.Groups[1].Value} -->\n```\n{Printed(block.Groups[1].Value)}```\n");
        written = Table().Replace(written, $"<!-- table -->\n\n{ModuleTable()}");
        if (Environment.GetEnvironmentVariable("ONNX_SENTIMENT_APPROVE") == "1")
        {
            File.WriteAllText(path, written);
            return;
        }

        Assert.That(
            WithoutFigures(written), Is.EqualTo(WithoutFigures(shown)),
            $"{document} shows something else than the code; " +
            "run this test with ONNX_SENTIMENT_APPROVE=1 and read what it wrote.");
    }

    [Test]
    public void Tagger_OfTheDocument_Exports()
    {
        using var tagger = new Tagger();
        using var file = new TemporaryFile();
        OnnxInput ids = new("ids", ScalarType.Int64, ["batch", "sequence"]);
        Assert.That(tagger.ExportOnnx(file.Path, ids).IsVerified);
    }

    [Test]
    public void Table_EveryModule_SaysWhatItTakesAndBecomes()
    {
        foreach (var converter in BuiltInConverters.All)
        {
            Assert.That(converter.Support.Inputs, Is.Not.Empty, TypeNames.Of(converter.Type));
            Assert.That(converter.Support.Operators, Is.Not.Empty, TypeNames.Of(converter.Type));
        }
    }

    private static string ModuleTable()
    {
        var table = new StringBuilder(
            "| module | inputs | options | not supported | ONNX operators |\n|---|---|---|---|---|\n");
        foreach (var converter in BuiltInConverters.All)
        {
            var support = converter.Support;
            string[] cells =
            [
                $"`{NameOf(converter.Type)}`", Ports(converter) + support.Inputs, support.Options,
                support.Unsupported, support.Operators,
            ];
            table.Append($"|{string.Join('|', cells.Select(cell => cell.Length == 0 ? " " : $" {cell} "))}|\n");
        }

        return table.ToString();
    }

    // Of several inputs the order counts.
    private static string Ports(ModuleConverter converter) => converter.Ports.Count == 1
        ? ""
        : $"`{string.Join("`, `", converter.Ports.Select(port => port.IsOptional ? $"[{port.Name}]" : port.Name))}`: ";

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{TypeNames.Of(type)}<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.Name))}>"
        : type.Name;

    private static string Code(string name)
    {
        var sources = Directory.GetFiles(TestFolder, "*.cs").Select(File.ReadAllText);
        var pattern = new Regex(
            $@"^( *)// example: {name}\n(.*?)^ *// end\n", RegexOptions.Singleline | RegexOptions.Multiline);
        var region = sources.Select(source => pattern.Match(source)).Single(match => match.Success);
        var indentation = region.Groups[1].Length;
        var lines = region.Groups[2].Value.TrimEnd().Split('\n')
            .Select(line => line.Length < indentation ? "" : line[indentation..]);
        return string.Join('\n', lines) + "\n";
    }

    private static string Printed(string name)
    {
        var (folder, here, console) = (Directory.CreateTempSubdirectory(), Environment.CurrentDirectory, Console.Out);
        using var printed = new StringWriter();
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            Console.SetOut(printed);
            random.manual_seed(1);
            DocumentExamples.All[name]();
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = here;
            folder.Delete(recursive: true);
        }

        return printed.ToString().ReplaceLineEndings("\n");
    }

    // Figures of another processor may differ in their last digits, and so may the places where lines are broken.
    private static string WithoutFigures(string text) => Spaces().Replace(Figure().Replace(text, "0"), " ");

    [GeneratedRegex(@"<!-- example: ([\w-]+) -->\n```csharp\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"<!-- output: ([\w-]+) -->\n```\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Output();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"<!-- table -->\n(\n(\|.*\n)+)?")]
    private static partial Regex Table();

    [GeneratedRegex(@"-?\d[\d,]*(\.\d+)?(e[+-]?\d+)?")]
    private static partial Regex Figure();
}
