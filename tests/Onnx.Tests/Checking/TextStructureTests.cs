using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;
using static OnnxSentiment.Onnx.CheckStage;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>The check of the structure on graphs that read texts, and what it finds in broken ones.</summary>
public sealed class TextStructureTests
{
    private const int Seed = 6;

    private static readonly (string Name, CheckStage Stage, string Words, Action<ModelProto> Break)[] Breakages =
    [
        ("domain not imported", Names, "domain 'com.microsoft'", model => Remove(model, Domains.Microsoft)),
        ("other version of a domain", Names, "[9] for the domain 'ai.onnx.ml'",
            model => Import(model, Domains.MachineLearning).Version = 9),
        ("domain imported twice", Names, "[1, 1] for the domain",
            model => model.OpsetImport.Add(Import(model, Domains.Microsoft).Clone())),
        ("operator of another domain", Names, "'com.microsoft' was expected",
            model => Node(model, "text/tokens").Domain = ""),
        ("operator of the wrong domain", Names, "'' was expected",
            model => Node(model, "text/lower").Domain = Domains.Microsoft),
        ("unknown domain", Names, "domain 'org.example'", model => Node(model, "label").Domain = "org.example"),
        ("text as number", Types, "string was expected",
            model => model.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.Int64),
        ("label as number", Types, "declared as int64",
            model => model.Graph.Output[0].Type.TensorType.ElemType = (int)DataType.Int64),
        ("case change unknown", Types, "'SMALL'",
            model => Attribute(model, "text/lower", "case_change_action").S = ByteString.CopyFromUtf8("SMALL")),
        ("tokenizer without pad_value", Types, "'pad_value'", model => Drop(model, "text/tokens", "pad_value")),
        ("tokenizer without a rule", Types, "neither", model => Drop(model, "text/tokens", "tokenexp")),
        ("encoder without keys", Types, "0 lists of keys_", model => Drop(model, "text/word_ids", "keys_strings")),
        ("encoder with two lists of values", Types, "2 lists of values_",
            model => Node(model, "label").Attribute.Add(Attributes.Ints("values_int64s", [1]))),
        ("encoder of other keys", Types, "int64 was expected", model => Node(model, "label").Input[0] = "text"),
        ("range to a float", Types, "as input 1",
            model => Node(model, "text/columns").Input[1] = Constant(model, Tensors.Float("f", [], [1f]))),
        ("pad with a float", Types, "as input 2",
            model => Node(model, "text/ids").Input[2] = Constant(model, Tensors.Float("f", [], [1f]))),
        ("comparison of text", Types, "a number was expected",
            model => Node(model, "label/is_second").Input[0] = "text"),
        ("indices as float", Types, "int32 or int64",
            model => Node(model, "input_ids").Input[1] = Constant(model, Tensors.Float("f", [1, 1], [0f]))),
        ("a value too few", Shapes, "keys and",
            model => Attribute(model, "text/word_ids", "values_int64s").Ints.RemoveAt(0)),
        ("text of three dimensions", Shapes, "one or two dimensions", model => AddDimensions(model.Graph.Input[0], 2)),
        ("pads for another rank", Shapes, "2 pads",
            model => Node(model, "text/ids").Input[1] = Constant(model, Tensors.Int64("p", [2], [1, 0]))),
        ("squeeze of the batch", Shapes, "of size 1",
            model => Node(model, "label/is_second_of_each").Input[1] = Constant(model, Tensors.Int64("a", [1], [0]))),
        ("range to a list", Shapes, "as input 1",
            model => Node(model, "text/columns").Input[1] = Constant(model, Tensors.Int64("l", [3], [1, 2, 3]))),
        ("indices of another batch", Shapes, "as input 1",
            model => Node(model, "input_ids").Input[1] = Constant(model, Tensors.Int64("i", [7, 1], new long[7]))),
        ("label of two dimensions", Shapes, "the graph computes", model => AddDimensions(model.Graph.Output[0], 1)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        Breakages.Select(b => new TestCaseData(b.Stage, b.Words, b.Break).SetArgDisplayNames(b.Name));

    [Test]
    public void Check_EveryTokenizerAndOpset_Sound(
        [Values] TokenizerKind tokenizer, [Range(Opset.Minimum, Opset.Maximum)] int opset)
    {
        var model = Export(tokenizer, opset);
        var report = StructureCheck.Check(model);
        Assert.That(report.Passed, report.ToText());
        Assert.That(model.Graph.Output.Select(output => output.Name), Is.EqualTo(["label", "logit", "probability"]));
        Assert.That(
            model.OpsetImport.Select(import => (import.Domain, import.Version)),
            Is.EqualTo([("", (long)opset), ("ai.onnx.ml", 2), ("com.microsoft", 1)]));
    }

    [TestCaseSource(nameof(Cases))]
    public void Check_BrokenModel_FoundInItsStage(CheckStage stage, string words, Action<ModelProto> breakModel)
    {
        var model = Export(TokenizerKind.Keras, Opset.Default);
        breakModel(model);
        var report = StructureCheck.Check(model);
        Assert.That(
            report.Problems.Where(problem => problem.Stage == stage).Select(problem => problem.Message),
            Has.Some.Contains(words), report.ToText());
    }

    private static ModelProto Export(TokenizerKind tokenizer, int opset) =>
        ClassifierExporter.Export(Checkpoint(tokenizer), new ExportOptions { Input = InputKind.Text, Opset = opset });

    private static Checkpoint Checkpoint(TokenizerKind tokenizer)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, Seed);
        var text = checkpoint.Config.Text with { Tokenizer = tokenizer };
        return new Checkpoint(checkpoint.Config with { Text = text }, checkpoint.Vocabulary, checkpoint.Weights);
    }

    private static NodeProto Node(ModelProto model, string name) => model.Graph.Node.Single(node => node.Name == name);

    private static AttributeProto Attribute(ModelProto model, string node, string name) =>
        Node(model, node).Attribute.Single(attribute => attribute.Name == name);

    private static void Drop(ModelProto model, string node, string name) =>
        Node(model, node).Attribute.Remove(Attribute(model, node, name));

    private static OperatorSetIdProto Import(ModelProto model, string domain) =>
        model.OpsetImport.Single(import => import.Domain == domain);

    private static void Remove(ModelProto model, string domain) => model.OpsetImport.Remove(Import(model, domain));

    private static void AddDimensions(ValueInfoProto value, int count) => value.Type.TensorType.Shape.Dim.AddRange(
        Enumerable.Range(0, count).Select(_ => new TensorShapeProto.Types.Dimension { DimValue = 1 }));

    private static string Constant(ModelProto model, TensorProto tensor)
    {
        model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
