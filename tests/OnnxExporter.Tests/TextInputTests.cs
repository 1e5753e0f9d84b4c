using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.OnnxExporter.Tests;

/// <summary>What graphs that read texts hold.</summary>
public sealed class TextInputTests
{
    private const int Seed = 6;

    private const string Word =
        @"[^\x{09}-\x{0D}\x{20}-\x{26}\x{28}-\x{2F}\x{3A}-\x{40}\x{5B}-\x{60}\x{7B}-\x{7E}\x{85}\x{A0}\x{1680}" +
        @"\x{2000}-\x{200A}\x{2028}-\x{2029}\x{202F}\x{205F}\x{3000}]+";

    [Test]
    public void Export_Twice_SameBytes() => Assert.That(
        ModelFile.ToBytes(Export(TokenizerKind.KerasPunctuation, Opset.Default)),
        Is.EqualTo(ModelFile.ToBytes(Export(TokenizerKind.KerasPunctuation, Opset.Default))));

    [Test]
    public void Export_Text_HasTheMetadataOfIds()
    {
        var ids = ClassifierExporter.Export(Checkpoint(TokenizerKind.Keras));
        Assert.That(Export(TokenizerKind.Keras, Opset.Default).MetadataProps, Is.EqualTo(ids.MetadataProps));
        Assert.That(ids.OpsetImport, Has.Count.EqualTo(1), "a graph of ids needs no other domain");
    }

    // Written by hand from the rule of the tokenizer: a change of the pattern has to be one that somebody wanted.
    [TestCase(TokenizerKind.Keras, "")]
    [TestCase(TokenizerKind.KerasPunctuation, @"[\x{21}-\x{22}\x{28}-\x{29}\x{2C}\x{2E}\x{3A}-\x{3B}\x{3F}]|")]
    public void Export_Tokenizer_HasThePattern(TokenizerKind tokenizer, string alone) => Assert.That(
        Export(tokenizer, Opset.Default).Graph.Node.Single(node => node.Name == "text/tokens")
            .Attribute.Single(attribute => attribute.Name == "tokenexp").S.ToStringUtf8(),
        Is.EqualTo(alone + Word));

    private static ModelProto Export(TokenizerKind tokenizer, int opset) =>
        ClassifierExporter.Export(Checkpoint(tokenizer), new ExportOptions { Input = InputKind.Text, Opset = opset });

    private static Checkpoint Checkpoint(TokenizerKind tokenizer)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, Seed);
        var text = checkpoint.Config.Text with { Tokenizer = tokenizer };
        return new Checkpoint(checkpoint.Config with { Text = text }, checkpoint.Vocabulary, checkpoint.Weights);
    }
}
