using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;
using static OnnxSentiment.Onnx.CheckStage;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

using Breakage = OnnxSentiment.Onnx.Tests.StructureCheckTests.Breakage;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>Defects that only graphs of the smaller precisions can have.</summary>
public sealed class PrecisionStructureTests
{
    private const int Seed = 4;

    private static readonly Breakage[] Int8Breakages =
    [
        new("domain not imported", Names, "has [] for the domain 'com.microsoft'",
            model => model.OpsetImport.RemoveAt(1)),
        new("domain imported twice", Names, "has [1, 1] for the domain",
            model => model.OpsetImport.Add(model.OpsetImport[1].Clone())),
        new("operator of the standard's domain", Names, "of domain '', but 'com.microsoft' was expected",
            model => Lstm(model).Domain = ""),
        new("unknown operator of the domain", Names, "of domain 'com.microsoft', but '' was expected",
            model => Lstm(model).OpType = "QuantizeGRU"),
        new("unknown domain", Names, "is of domain 'com.example'", model => Lstm(model).Domain = "com.example"),
        new("inputs of the plain operator", Types, "5 inputs", model => Truncate(model, 5)),
        new("scale left out", Types, "leaves out its input 8", model => Lstm(model).Input[8] = ""),
        new("zero point left out", Types, "leaves out its input 11", model => Lstm(model).Input[11] = ""),
        new("layout", Types, "'layout'",
            model => Lstm(model).Attribute.Add(Attributes.Int("layout", 0))),
        new("direction unknown", Types, "direction 'both'",
            model => Lstm(model).Attribute.Single(a => a.Name == "direction").S = ByteString.CopyFromUtf8("both")),
        new("weights not quantised", Types, "int8 or uint8 was expected",
            model => Retype(model, "recurrent.0/W", DataType.Float, 4)),
        new("recurrent weights of another type", Types, "as in input 1",
            model => Retype(model, "recurrent.0/R", DataType.Uint8, 1)),
        new("zero point of another type", Types, "as in input 1",
            model => Retype(model, "recurrent.0/R_zero_point", DataType.Uint8, 1)),
        new("scales in half precision", Types, "but float was expected",
            model => Retype(model, "recurrent.0/W_scale", DataType.Float16, 2)),
        new("embedding not dequantised", Types, "but float was expected",
            model => Node(model, "embedding/time_first").Input[0] = "embedding/bytes"),
        new("scales not looked up", Shapes, "broadcasts",
            model => Node(model, "embedding").Input[1] = "embedding.weight_scale"),
        new("weights not transposed", Shapes, "as input 1", model => Reshape(model, "recurrent.0/W", 2, 8, 3)),
        new("recurrent weights not transposed", Shapes, "as input 2",
            model => Reshape(model, "recurrent.0/R", 2, 8, 2)),
        new("one scale a direction", Shapes, "as input 8", model => Reshape(model, "recurrent.0/W_scale", 8, 2)),
        new("zero points of another shape", Shapes, "as input 11",
            model => Reshape(model, "recurrent.0/R_zero_point", 16)),
        new("biases of another shape", Shapes, "as input 3", model => Reshape(model, "recurrent.0/B", 1, 32)),
        new("hidden size", Shapes, "was expected",
            model => Lstm(model).Attribute.Single(a => a.Name == "hidden_size").I = 3),
        new("scale of rows too short", Shapes, "bytes",
            model => Initializer(model, "embedding.weight_scale").Dims[0] = 49),
    ];

    private static readonly Breakage[] HalfBreakages =
    [
        new("recurrent weights in single precision", Types, "as in input 0",
            model => Retype(model, "recurrent.0/R", DataType.Float, 4)),
        new("embedding in single precision", Types, "as in input 0",
            model => Retype(model, "embedding.weight", DataType.Float, 4)),
        new("state not cast before the classifier", Types, "as in input 0",
            model => Node(model, "logit").Input[0] = "recurrent.0/last_state"),
        new("classifier not cast", Types, "as in input 0",
            model => Node(model, "logit").Input[1] = "classifier.weight"),
        new("cast to double", Types, "as in input 0",
            model => Node(model, "recurrent.0/last_state/float").Attribute[0].I = (long)DataType.Double),
        new("half the bytes missing", Shapes, "bytes",
            model => Cut(Initializer(model, "recurrent.0/W"))),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        Int8Breakages.Select(b => new TestCaseData(Precision.Int8, b).SetArgDisplayNames("int8", b.Name))
            .Concat(HalfBreakages.Select(b => new TestCaseData(Precision.Fp16, b).SetArgDisplayNames("fp16", b.Name)));

    [TestCaseSource(nameof(Cases))]
    public void Check_BrokenModel_FoundInItsStage(Precision precision, Breakage breakage)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, Seed);
        var model = ClassifierExporter.Export(checkpoint, new ExportOptions { Precision = precision });
        Assert.That(StructureCheck.Check(model).Passed);
        breakage.Break(model);
        var report = StructureCheck.Check(model);
        Assert.That(
            report.Problems.Where(problem => problem.Stage == breakage.Stage).Select(problem => problem.Message),
            Has.Some.Contains(breakage.Words), report.ToText());
    }

    private static NodeProto Lstm(ModelProto model) => Node(model, "recurrent.0");

    private static NodeProto Node(ModelProto model, string name) => model.Graph.Node.Single(node => node.Name == name);

    private static TensorProto Initializer(ModelProto model, string name) =>
        model.Graph.Initializer.Single(tensor => tensor.Name == name);

    private static void Truncate(ModelProto model, int inputs)
    {
        while (Lstm(model).Input.Count > inputs)
        {
            Lstm(model).Input.RemoveAt(inputs);
        }
    }

    private static void Cut(TensorProto tensor) => tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..^2]);

    private static void Retype(ModelProto model, string name, DataType type, int bytesPerElement)
    {
        var tensor = Initializer(model, name);
        tensor.DataType = (int)type;
        var count = tensor.Dims.Aggregate(1L, (product, size) => product * size);
        tensor.RawData = ByteString.CopyFrom(new byte[count * bytesPerElement]);
    }

    private static void Reshape(ModelProto model, string name, params long[] dimensions)
    {
        var tensor = Initializer(model, name);
        tensor.Dims.Clear();
        tensor.Dims.AddRange(dimensions);
    }
}
