using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;
using static OnnxSentiment.Onnx.CheckStage;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx.Tests;

public sealed class StructureCheckTests
{
    private const int Seed = 4;

    // Each breaks a sound model in one way; the check has to find it in its stage and say so.
    private static readonly Breakage[] Breakages =
    [
        new("no graph", Names, "no graph", model => model.Graph = null),
        new("no opset", Names, "opset_import", model => model.OpsetImport.Clear()),
        new("opset 22", Names, "opset_import", model => model.OpsetImport[0].Version = 22),
        new("opset twice", Names, "opset_import", model => model.OpsetImport.Add(model.OpsetImport[0].Clone())),
        new("old format", Names, "ir_version is 7", model => model.IrVersion = 7),
        new("metadata key twice", Names, "metadata_props",
            model => model.MetadataProps.Add(model.MetadataProps[0].Clone())),
        new("node name twice", Names, "more than once", model => model.Graph.Node[1].Name = model.Graph.Node[0].Name),
        new("initializer twice", Names, "more than once",
            model => model.Graph.Initializer.Add(model.Graph.Initializer[0].Clone())),
        new("input twice", Names, "more than once", model => model.Graph.Input.Add(model.Graph.Input[0].Clone())),
        new("output twice", Names, "more than once", model => model.Graph.Output.Add(model.Graph.Output[0].Clone())),
        new("nameless initializer", Names, "no name", model => model.Graph.Initializer[0].Name = ""),
        new("value made twice", Names, "exists already", model => Node(model, "Transpose").Output[0] = "embedding"),
        new("not sorted", Names, "before", model => Swap(model, 4, 5)),
        new("missing input", Names, "which nothing makes", model => Node(model, "Sigmoid").Input[0] = "nothing"),
        new("missing output", Names, "made by nothing", model => model.Graph.Output[0].Name = "nothing"),
        new("no output", Names, "no output", model => model.Graph.Output.Clear()),
        new("unknown operator", Names, "does not know", model => Node(model, "Sigmoid").OpType = "Sigmoidal"),
        new("foreign domain", Names, "domain 'com.microsoft'",
            model => Node(model, "Sigmoid").Domain = "com.microsoft"),
        new("too few inputs", Types, "1 inputs", model => Node(model, "Gather").Input.RemoveAt(1)),
        new("too many inputs", Types, "2 inputs", model => Node(model, "Sigmoid").Input.Add("embedding")),
        new("required input left out", Types, "leaves out", model => Node(model, "LSTM").Input[1] = ""),
        new("too many outputs", Types, "2 outputs", model => Node(model, "Sigmoid").Output.Add("more")),
        new("unknown attribute", Types, "'axes'", model => Node(model, "ReduceSum").Attribute[0].Name = "axes"),
        new("attribute of another type", Types, "of type Float",
            model => Node(model, "Gemm").Attribute[0].Type = AttributeType.Float),
        new("attribute without value", Types, "without a value", model => Node(model, "Gemm").Attribute[0].ClearI()),
        new("attribute twice", Types, "twice",
            model => Node(model, "Gemm").Attribute.Add(Node(model, "Gemm").Attribute[0].Clone())),
        new("required attribute missing", Types, "no attribute 'to'", model => Node(model, "Cast").Attribute.Clear()),
        new("lengths as int64", Types, "int32 was expected", model => Node(model, "Cast").Attribute[0].I = 7),
        new("cast to nothing", Types, "casts to", model => Node(model, "Cast").Attribute[0].I = 99),
        new("direction unknown", Types, "direction 'both'",
            model => Attribute(model, "direction").S = ByteString.CopyFromUtf8("both")),
        new("weights of unknown type", Types, "undefined", model => Initializer(model, "recurrent.0/W").DataType = 0),
        new("output of another type", Types, "declared as double",
            model => model.Graph.Output[0].Type.TensorType.ElemType = 11),
        new("input without type", Types, "is no tensor", model => model.Graph.Input[0].Type = null),
        new("ids as float", Types, "int32 or int64", model => model.Graph.Input[0].Type.TensorType.ElemType = 1),
        new("bytes missing", Shapes, "bytes", model => Cut(Initializer(model, "recurrent.0/W"))),
        new("weights elsewhere", Shapes, "another file",
            model => Initializer(model, "recurrent.0/W").DataLocation = TensorProto.Types.DataLocation.External),
        new("negative dimension", Shapes, "no tensor can have",
            model => Initializer(model, "recurrent.0/W").Dims[0] = -1),
        new("negative input", Shapes, "sizes from 0",
            model => model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = -1),
        new("slice of a negative input", Shapes, "slices", model =>
        {
            model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = -1;
            AddSlice(model, starts: [0], ends: [1], axes: [1]);
        }),
        new("slice with starts and ends of other lengths", Shapes, "2 starts, 1 ends", model =>
            AddSlice(model, starts: [0, 0], ends: [1], axes: [0, 1])),
        new("hidden size", Shapes, "was expected", model => Attribute(model, "hidden_size").I = 4),
        new("layout 1", Shapes, "layout 1",
            model => Node(model, "LSTM").Attribute.Add(Attributes.Int("layout", 1))),
        new("batch first", Shapes, "as input 4", model => Ints(model, "embedding/time_first", 0, 1, 2)),
        new("perm impossible", Shapes, "perm", model => Ints(model, "embedding/time_first", 0, 0, 2)),
        new("one direction too few", Shapes, "as input 1",
            model => Attribute(model, "direction").S = ByteString.CopyFromUtf8("forward")),
        new("classifier not transposed", Shapes, "multiplies", model => Node(model, "Gemm").Attribute[0].I = 0),
        new("output of another shape", Shapes, "the graph computes",
            model => model.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 2),
        new("output with batch fixed", Shapes, "the graph computes",
            model => model.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimValue = 1),
        new("output with a negative size", Shapes, "the graph computes", model =>
        {
            AddSlice(model, starts: [1], ends: [2], axes: [0]);
            model.Graph.Output.Add(ValueInfos.Create("slice", TensorProto.Types.DataType.Int64, -1, "sequence"));
        }),
        new("declared value wrong", Shapes, "value 'embedding'",
            model => model.Graph.ValueInfo.Single(info => info.Name == "embedding")
                .Type.TensorType.Shape.Dim[2].DimValue = 9),
    ];

    // The same for what a graph has only with more than two labels, and one that writes their names.
    private static readonly Breakage[] ManyLabelsBreakages =
    [
        new("softmax of numbers that are whole", Types, "a real number",
            model => Node(model, "Softmax").Input[0] = "padding/lengths"),
        new("softmax along no axis", Shapes, "axis 2", model => Node(model, "Softmax").Attribute[0].I = 2),
        new("probabilities of two labels", Shapes, "the graph computes float [batch, 3]",
            model => model.Graph.Output[2].Type.TensorType.Shape.Dim[1].DimValue = 1),
        new("largest of texts", Types, "a number was expected", model => Node(model, "ArgMax").Input[0] = "text"),
        new("largest along no axis", Shapes, "axis -3", model => Node(model, "ArgMax").Attribute[0].I = -3),
        new("largest over the texts", Shapes, "the graph computes string [3]",
            model => Node(model, "ArgMax").Attribute[0].I = 0),
        new("largest that keeps its dimension", Shapes, "the graph computes string [batch, 1]",
            model => Node(model, "ArgMax").Attribute[1].I = 1),
    ];

    private static readonly Checkpoint ManyLabels =
        RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, Seed, labels: 3);

    private static IEnumerable<TestCaseData> ManyLabelsBreakageCases() =>
        ManyLabelsBreakages.Select(b => new TestCaseData(b).SetArgDisplayNames(b.Name));

    private static IEnumerable<TestCaseData> AllModelsAndOpsets() =>
        from model in RandomCheckpoint.AllModels(maximumLayers: 3, embeddingSize: 3, hiddenSize: 2)
        from opset in Enumerable.Range(14, 8)
        select new TestCaseData(model, opset).SetArgDisplayNames(RandomCheckpoint.NameOf(model), $"{opset}");

    private static IEnumerable<TestCaseData> BreakageCases() =>
        Breakages.Select(b => new TestCaseData(b).SetArgDisplayNames(b.Name));

    [TestCaseSource(nameof(AllModelsAndOpsets))]
    public void Check_ExportedModel_Sound(ModelConfig model, int opset)
    {
        var checkpoint = RandomCheckpoint.Create(model, Seed);
        var exported = ClassifierExporter.Export(checkpoint, new ExportOptions { Opset = opset });
        var report = StructureCheck.Check(exported);
        Assert.That(report.Passed, $"seed {Seed}: {report.ToText()}");
        var dimensions = exported.Graph.ValueInfo.SelectMany(info => info.Type.TensorType.Shape.Dim);
        Assert.That(dimensions.All(dimension => dimension.HasDimValue || dimension.HasDimParam));
    }

    [TestCaseSource(nameof(BreakageCases))]
    public void Check_BrokenModel_FoundInItsStage(Breakage breakage)
    {
        var model = Sound();
        breakage.Break(model);
        var report = StructureCheck.Check(model);
        Assert.That(
            report.Problems.Where(problem => problem.Stage == breakage.Stage).Select(problem => problem.Message),
            Has.Some.Contains(breakage.Words), report.ToText());
        Assert.That(report.Problems.Select(problem => problem.Stage), Is.Ordered);
    }

    [TestCase(3, 2, true)]
    [TestCase(3, 1, false)]
    [TestCase(4, 2, true)]
    public void Check_FourBitWeights_FillWholeBytes(int values, int bytes, bool isSound)
    {
        var model = ClassifierExporter.Export(ManyLabels);
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "four_bits",
            DataType = (int)TensorProto.Types.DataType.Uint4,
            Dims = { values },
            RawData = ByteString.CopyFrom(new byte[bytes]),
        });
        var problems = StructureCheck.Check(model).Problems.Where(problem => problem.Message.Contains("four_bits"));
        Assert.That(problems.Any(problem => problem.Stage == Shapes), Is.EqualTo(!isSound));
    }

    [Test]
    public void Check_ManyLabels_Sound([Range(14, 21)] int opset, [Values] InputKind input)
    {
        var exported = ClassifierExporter.Export(ManyLabels, new ExportOptions { Opset = opset, Input = input });
        var report = StructureCheck.Check(exported);
        Assert.That(report.Passed, $"seed {Seed}: {report.ToText()}");
    }

    [TestCaseSource(nameof(ManyLabelsBreakageCases))]
    public void Check_BrokenModelOfManyLabels_FoundInItsStage(Breakage breakage)
    {
        var model = ClassifierExporter.Export(ManyLabels, new ExportOptions { Input = InputKind.Text });
        breakage.Break(model);
        var report = StructureCheck.Check(model);
        Assert.That(
            report.Problems.Where(problem => problem.Stage == breakage.Stage).Select(problem => problem.Message),
            Has.Some.Contains(breakage.Words), report.ToText());
    }

    [Test]
    public void Check_DefectsOfAllStages_NamesThenTypesThenShapes()
    {
        var model = Sound();
        Cut(Initializer(model, "recurrent.0/W"));
        Node(model, "Cast").Attribute.Clear();
        Node(model, "Sigmoid").OpType = "Sigmoidal";
        Assert.That(
            StructureCheck.Check(model).Problems.Select(problem => problem.Stage),
            Is.EqualTo((CheckStage[])[Names, Types, Shapes]));
    }

    [Test]
    public void Check_ReduceMaxOfTheOtherOpset_Types()
    {
        var config = new ModelConfig { EmbeddingSize = 3, HiddenSize = 2, Readout = ReadoutKind.Max };
        var model = ClassifierExporter.Export(RandomCheckpoint.Create(config, Seed), new ExportOptions { Opset = 18 });
        model.OpsetImport[0].Version = 17;
        Assert.That(StructureCheck.Check(model).Problems[0].Stage, Is.EqualTo(Types));
    }

    [Test]
    public void ThrowIfFailed_Broken_NamesFirstProblem()
    {
        var model = Sound();
        model.Graph.Output.Clear();
        var error = Assert.Throws<InvalidInputException>(() => StructureCheck.Check(model).ThrowIfFailed("model.onnx"));
        Assert.That(error!.Message, Does.StartWith("model.onnx is not sound").And.Contain("no output"));
    }

    private static ModelProto Sound()
    {
        var config = new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 };
        var model = ClassifierExporter.Export(RandomCheckpoint.Create(config, Seed));
        Assert.That(StructureCheck.Check(model).Passed);
        return model;
    }

    private static NodeProto Node(ModelProto model, string op) => model.Graph.Node.First(node => node.OpType == op);

    private static AttributeProto Attribute(ModelProto model, string name) =>
        Node(model, "LSTM").Attribute.Single(attribute => attribute.Name == name);

    private static TensorProto Initializer(ModelProto model, string name) =>
        model.Graph.Initializer.Single(tensor => tensor.Name == name);

    private static void Swap(ModelProto model, int a, int b) =>
        (model.Graph.Node[a], model.Graph.Node[b]) = (model.Graph.Node[b], model.Graph.Node[a]);

    private static void Cut(TensorProto tensor) => tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..^4]);

    private static void AddSlice(ModelProto model, long[] starts, long[] ends, long[] axes)
    {
        model.Graph.Initializer.Add(Tensors.Int64("starts", [starts.Length], starts));
        model.Graph.Initializer.Add(Tensors.Int64("ends", [ends.Length], ends));
        model.Graph.Initializer.Add(Tensors.Int64("axes", [axes.Length], axes));
        string[] inputs = ["input_ids", "starts", "ends", "axes"];
        model.Graph.Node.Add(
            new NodeProto { Name = "slice", OpType = Operators.Slice, Input = { inputs }, Output = { "slice" } });
    }

    private static void Ints(ModelProto model, string node, params long[] values)
    {
        var ints = model.Graph.Node.Single(candidate => candidate.Name == node).Attribute[0].Ints;
        ints.Clear();
        ints.AddRange(values);
    }

    public sealed record Breakage(string Name, CheckStage Stage, string Words, Action<ModelProto> Break);
}
