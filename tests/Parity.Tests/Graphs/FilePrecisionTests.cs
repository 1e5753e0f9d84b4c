using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

public class FilePrecisionTests
{
    [TestCase("mlp.torch13", nameof(TensorPrecision.Float32))]
    [TestCase("mlp.double", nameof(TensorPrecision.Float64))]
    [TestCase("mlp.fp16", nameof(TensorPrecision.Float16))]
    [TestCase("mlp.qdq", nameof(TensorPrecision.Int8))]
    [TestCase("mlp.dynamic", nameof(TensorPrecision.Int8))]
    public void Of_ForeignFile_IsTheCoarsest(string name, string expected) => Assert.That(
        FilePrecision.Of(ModelFile.Read(ForeignFiles.Of(name))).ToString(), Is.EqualTo(expected));

    [Test]
    public void Of_CastInsideAGraphOfANode_Counts()
    {
        var inner = Graph(Node("Cast", "x", "h", Attributes.Int("to", (int)DataType.Bfloat16)));
        var model = Model(Value("x", DataType.Float, "n"), Node("If", "c", "y", Inner("then_branch", inner)));
        Assert.That(FilePrecision.Of(model), Is.EqualTo(TensorPrecision.BFloat16));
    }

    [Test]
    public void For_EveryPrecision_IsWiderThanThePreviousOne()
    {
        var tolerances = Enum.GetValues<TensorPrecision>().Select(Tolerances.For).ToList();
        Assert.That(tolerances.Select(tolerance => tolerance.Absolute), Is.Ordered.And.Unique);
        Assert.That(tolerances.Select(tolerance => tolerance.Relative), Is.Ordered.And.Unique);
    }
}
