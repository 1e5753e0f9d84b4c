using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>
/// A file that another tool wrote, with all that this project's exporter never writes:
/// <c>build/outside/foreign_model.py</c> made it with Debian's python3-onnx.
/// </summary>
public sealed class ForeignModelTests
{
    private static readonly string ForeignPath =
        Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures/foreign.onnx");

    // Messages of the schema in which the file has fields that no schema knows.
    private static readonly string[] MessagesWithUnknownFields =
        ["model", "graph", "node", "attribute", "tensor", "input", "dimension"];

    [Test]
    public void ToBytes_ForeignFile_SameBytes()
    {
        var bytes = File.ReadAllBytes(ForeignPath);
        Assert.That(ModelFile.ToBytes(ModelFile.Read(ForeignPath)), Is.EqualTo(bytes));

        var known = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        Assert.That(
            bytes.Length - known.CalculateSize(), Is.GreaterThan(10 * MessagesWithUnknownFields.Length),
            "the fixture's unknown fields");
    }

    [Test]
    public void Write_ForeignFileWithAChange_KeepsUnknownFields()
    {
        var model = ModelFile.Read(ForeignPath);
        model.MetadataProps.Add(new StringStringEntryProto { Key = "added", Value = "here" });
        var path = Path.Combine(Path.GetTempPath(), $"foreign-{Guid.NewGuid():N}.onnx");
        ModelFile.Write(model, path);
        var changed = ModelFile.Read(path);
        File.Delete(path);
        Assert.That(changed.MetadataProps.Select(entry => entry.Key), Is.EqualTo(["author", "added"]));
        changed.MetadataProps.RemoveAt(1);
        Assert.That(ModelFile.ToBytes(changed), Is.EqualTo(File.ReadAllBytes(ForeignPath)));
    }

    [TestCase("Version 99 of the format is newer than 13")]
    [TestCase("The file has fields that are not known here")]
    [TestCase("The standard operator set is not between 14 and 21")]
    [TestCase("Operators of com.example.future, com.example.own are listed by name")]
    [TestCase("The nodes of 1 graph(s) inside nodes are not listed")]
    [TestCase("1 constant(s) lie in other files, which were not opened")]
    [TestCase("1 sparse constant(s) are not counted")]
    [TestCase("The bodies of 1 function(s)")]
    [TestCase("training graphs are not described")]
    [TestCase("1 quantization annotation(s)")]
    public void Describe_ForeignFile_SaysWhatItDoesNotKnow(string words)
    {
        var unknowns = ModelInspector.Describe(ForeignPath).Unknowns;
        Assert.That(unknowns, Has.Exactly(1).Contains(words));
        Assert.That(unknowns, Has.Count.EqualTo(10));
    }

    [Test]
    public void Describe_ForeignFile_ShowsWhatItKnows()
    {
        var description = ModelInspector.Describe(ForeignPath);
        var text = description.ToText();
        string[] parts =
        [
            "elsewhere", "IR 99, opset ai.onnx 99, com.example.future 7, com.example.own 1", "x  float [n, ?]",
            "com.example.future.Mystery", "strength=3", "body=<graph of 1 nodes>", "author  someone else", "77",
        ];
        foreach (var part in parts)
        {
            Assert.That(text, Does.Contain(part));
        }

        Assert.That(description.ParameterCount, Is.EqualTo(2000));
    }

    [Test]
    public void Check_ForeignFile_RefusesItWithAReason() =>
        Assert.That(
            StructureCheck.Check(ModelFile.Read(ForeignPath)).ToText(),
            Does.Contain("'' 99").And.Contain("between 14 and 21"));

    [Test]
    public void FromProperties_ForeignFile_NamesWhatIsThereAndWhatIsNot()
    {
        var properties = ModelFile.Read(ForeignPath).MetadataProps
            .ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.That(
            () => ModelMetadata.FromProperties(properties),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("author")
                .And.Message.Contains("onnx_sentiment.version"));
    }

    // Before version 3 of the format there were no operator sets to name.
    [TestCase(2, true)]
    [TestCase(3, false)]
    public void Read_NoOperatorSet_OnlyWhereTheFormatHadNone(int irVersion, bool accepted)
    {
        var graph = new GraphProto { Node = { new NodeProto { OpType = "Relu" } } };
        var model = new ModelProto { IrVersion = irVersion, Graph = graph };
        using var stream = new MemoryStream(ModelFile.ToBytes(model));
        Assert.That(
            () => ModelInspector.Describe(ModelFile.Read(stream, "old")).ToText(),
            accepted
                ? Throws.Nothing
                : Throws.InstanceOf<InvalidInputException>().With.Message.Contains("operator set"));
    }
}
