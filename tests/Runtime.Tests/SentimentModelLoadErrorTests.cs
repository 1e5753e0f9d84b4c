using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelLoadErrorTests
{
    private const string Advice = "Load a file that `onnx-sentiment export` wrote, or export it again.";

    [Test]
    public void Load_MissingFile_NamesIt() =>
        Assert.That(
            () => SentimentModel.Load("no/such/model.onnx"),
            Throws.TypeOf<InvalidInputException>().With.Message.StartsWith(
                "There is no model 'no/such/model.onnx' (looked for /"));

    [Test]
    public void Load_Folder_NamesIt()
    {
        var folder = TestContext.CurrentContext.WorkDirectory;

        Assert.That(
            () => SentimentModel.Load(folder),
            Throws.TypeOf<InvalidInputException>().With.Message.StartsWith($"The model '{folder}' cannot be read: "));
    }

    [Test]
    public void Load_OptionOutOfRange_NamesIt() => Assert.That(
        () => TestModel.Load(new SentimentModelOptions { Threads = 0 }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Threads is 0"));

    [Test]
    public void Load_NoModel_SaysSo(
        [Values("", "89504E470D0A1A0A0000000D49484452", "7B7D", "3C68746D6C3E", "00", "0803")] string hex) =>
        AssertNotUsable(Convert.FromHexString(hex), $"its {hex.Length / 2} bytes are no ONNX model");

    [Test]
    public void Load_RandomBytes_SaysSo([Range(1, 50)] int seed)
    {
        var bytes = new byte[seed * 37];
        new Random(seed).NextBytes(bytes);

        AssertNotUsable(bytes, $"its {bytes.Length} bytes are no ONNX model");
    }

    [Test]
    public void Load_TruncatedAnywhere_SaysSo()
    {
        var bytes = TestModel.Bytes();
        for (var length = 1; length < bytes.Length; length += bytes.Length / 200)
        {
            AssertNotUsable(bytes[..length], "");
        }

        AssertNotUsable(bytes[..^1], "");
    }

    // Robustness/ModelFileFuzzTests has far more damage of more kinds; here is what the message says.
    [Test]
    public void Load_DamagedAnywhere_LoadsOrSaysSo()
    {
        var refused = Enumerable.Range(1, 200).Select(Damaged).Select(ErrorOf).OfType<string>().ToList();

        Assert.That(refused, Has.Count.InRange(1, 199), "damage that is always or never seen tests nothing");
        Assert.That(refused, Is.All.StartsWith("The model of the stream cannot be used: ").And.EndsWith(Advice));
    }

    [Test]
    public void Load_WithoutMetadata_NamesTheMissingEntry() => AssertNotUsable(
        TestModel.Bytes(model => model.MetadataProps.Clear()),
        "The metadata has no entry 'onnx_sentiment.");

    [Test]
    public void Load_WithoutOneEntryOfMetadata_NamesIt([Range(0, 5)] int entry)
    {
        var key = ModelProto.Parser.ParseFrom(TestModel.Bytes()).MetadataProps[entry].Key;

        AssertNotUsable(TestModel.Bytes(model => model.MetadataProps.RemoveAt(entry)), $"'{key}'");
    }

    [Test]
    public void Load_MetadataKeyWithNul_SaysSo() => AssertNotUsable(
        TestModel.Bytes(model => model.MetadataProps[0].Key += "\0"),
        "the keys of its metadata are damaged");

    [TestCase("labels is [one], but has to name 2 to 1000 different classes", "one")]
    [TestCase("its graph has 1 logits for each text, but 3 were expected for the 3 labels", "one", "two", "three")]
    public void Load_LabelsThatAreNotTwo_SaysSo(string reason, params string[] labels) => AssertNotUsable(
        TestModel.Bytes(model => model.SetMetadata(metadata => metadata with { Labels = labels })), reason);

    [Test]
    public void Load_VocabularyLargerThanTheEmbedding_SaysSo() => AssertNotUsable(
        TestModel.Bytes(
            model => model.SetMetadata(metadata => metadata with { Vocabulary = TestModel.VocabularyOf(51) })),
        "its graph cannot be computed for the last of the 51 ids of its vocabulary");

    [Test]
    public void Load_VocabularySmallerThanTheEmbedding_SaysSo() => AssertNotUsable(
        TestModel.Bytes(
            model => model.SetMetadata(metadata => metadata with { Vocabulary = TestModel.VocabularyOf(49) })),
        "its embedding has more rows than its vocabulary has ids (49)");

    [Test]
    public void Load_OtherInputName_SaysWhatWasFound() => AssertNotUsable(
        TestModel.Bytes(model => Rename(model.Graph, "input_ids", "tokens")),
        "it has no input 'input_ids' (found: 'tokens')");

    [Test]
    public void Load_OtherOutputName_SaysWhatWasFound() => AssertNotUsable(
        TestModel.Bytes(model => Rename(model.Graph, "probability", "score")),
        "it has no output 'probability' (found: 'logit', 'score')");

    [Test]
    public void Load_Int32Input_SaysWhatWasFound() => AssertNotUsable(
        TestModel.Bytes(TakeInt32),
        "its input 'input_ids' is int32 [any, any], but int64 [any, any] was expected");

    [Test]
    public void Load_FixedBatch_SaysWhatWasFound() => AssertNotUsable(
        TestModel.Bytes(model => model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new() { DimValue = 8 }),
        "its input 'input_ids' is int64 [8, any], but int64 [any, any] was expected");

    [Test]
    public void Load_FurtherInput_SaysWhatWasFound() => AssertNotUsable(
        TestModel.Bytes(model =>
        {
            var further = model.Graph.Input[0].Clone();
            further.Name = "mask";
            model.Graph.Input.Add(further);
        }),
        "its inputs are 'input_ids', 'mask', but 'input_ids' alone was expected");

    private static byte[] Damaged(int seed)
    {
        var random = new Random(seed);
        var bytes = TestModel.Bytes();
        for (var i = 0; i < 5; i++)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static string? ErrorOf(byte[] bytes)
    {
        try
        {
            TestModel.Load(bytes).Dispose();
            return null;
        }
        catch (InvalidInputException e)
        {
            return e.Message;
        }
    }

    private static void AssertNotUsable(byte[] bytes, string reason)
    {
        AssertFails(() => TestModel.Load(bytes), reason);
        AssertFails(() => TestModel.Load(bytes), Advice);
    }

    private static void AssertFails(Action load, string message) =>
        Assert.That(load, Throws.TypeOf<InvalidInputException>().With.Message.Contains(message));

    private static void Rename(GraphProto graph, string from, string to)
    {
        foreach (var value in graph.Input.Concat(graph.Output).Where(value => value.Name == from))
        {
            value.Name = to;
        }

        foreach (var names in graph.Node.SelectMany(node => new[] { node.Input, node.Output }))
        {
            for (var i = 0; i < names.Count; i++)
            {
                names[i] = names[i] == from ? to : names[i];
            }
        }
    }

    // The graph stays sound: its first node makes int64 of the input.
    private static void TakeInt32(ModelProto model)
    {
        Rename(model.Graph, "input_ids", "wide_ids");
        model.Graph.Input[0].Name = "input_ids";
        model.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.Int32;
        var cast = new NodeProto { OpType = "Cast", Name = "widen" };
        cast.Input.Add("input_ids");
        cast.Output.Add("wide_ids");
        cast.Attribute.Add(new AttributeProto
        {
            Name = "to",
            Type = AttributeProto.Types.AttributeType.Int,
            I = (long)DataType.Int64,
        });
        model.Graph.Node.Insert(0, cast);
    }
}
