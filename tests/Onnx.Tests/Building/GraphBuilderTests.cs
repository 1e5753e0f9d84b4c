using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx.Tests;

public sealed class GraphBuilderTests
{
    [Test]
    public void Add_InputThatDoesNotExist_Throws() =>
        Assert.Throws<ArgumentException>(() => Builder().Tanh("y", "nothing"));

    [Test]
    public void Add_NameTwice_Throws()
    {
        var graph = Builder();
        graph.Tanh("y", "x");
        Assert.Throws<ArgumentException>(() => graph.Tanh("y", "x"));
        Assert.Throws<ArgumentException>(() => graph.Input("y", DataType.Float));
    }

    [Test]
    public void Output_ThatDoesNotExist_Throws() =>
        Assert.Throws<ArgumentException>(() => Builder().Output("y", DataType.Float));

    [Test]
    public void Constant_SameValuesTwice_StoredOnce()
    {
        var graph = Builder();
        graph.Reshape("a", "x", 0, -1);
        graph.Reshape("b", "x", 0, -1);
        Assert.That(graph.Build().Initializer, Has.Count.EqualTo(1));
    }

    [Test]
    public void Float_WrongCount_Throws() =>
        Assert.Throws<ArgumentException>(() => Tensors.Float("w", [2, 2], [1, 2, 3]));

    [TestCase(17, 1, "axes")]
    [TestCase(18, 2, null)]
    public void ReduceMax_AxesWhereTheOpsetWantsThem(int opset, int inputs, string? attribute)
    {
        var graph = new GraphBuilder("g", Operators.At(opset));
        graph.ReduceMax("y", graph.Input("x", DataType.Float, "n", 3), axis: 1);
        var node = graph.Build().Node.Single();
        Assert.That(node.Input, Has.Count.EqualTo(inputs));
        Assert.That(node.Attribute.Any(candidate => candidate.Name == "axes"), Is.EqualTo(attribute is not null));
    }

    private static GraphBuilder Builder()
    {
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        graph.Input("x", DataType.Float, "n", 3);
        return graph;
    }
}
