using System.Text.Json;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Onnx.Tests;

public sealed class ModelInspectorTests
{
    [Test]
    public void Describe_ExportedModel_AllOfIt()
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, seed: 1);
        var description = ModelInspector.Describe(ClassifierExporter.Export(checkpoint));
        var text = description.ToText();

        // embedding 50·3; twice W 8·3, R 8·2, B 16; classifier 4 + 1; constants: 0, [1], [0, 4].
        Assert.That(description.ParameterCount, Is.EqualTo(150 + (2 * (24 + 16 + 16)) + 5 + 4));
        Assert.That(description.Unknowns, Is.Empty);
        Assert.That(text, Does.Contain("input_ids  int64 [batch, sequence]"));
        Assert.That(text, Does.Contain("direction=bidirectional hidden_size=2"));
        Assert.That(text, Does.Contain("IR 8, opset ai.onnx 17").And.Contain("characters)").And.Not.Contain("word40"));
        Assert.That(JsonSerializer.Serialize(description), Does.Contain("\"Opsets\""));
    }

    [Test]
    public void Describe_ForeignModel_SaysWhatItDoesNotKnow()
    {
        var model = new ModelProto { IrVersion = 4, Graph = new GraphProto() };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.example", Version = 1 });
        model.Functions.Add(new FunctionProto());
        model.Graph.Input.Add(new ValueInfoProto { Name = "x" });
        var node = new NodeProto { OpType = "If", Domain = "com.example" };
        var type = AttributeProto.Types.AttributeType.Graph;
        node.Attribute.Add(new AttributeProto { Name = "then", Type = type, G = new GraphProto() });
        model.Graph.Node.Add(node);
        var elsewhere = TensorProto.Types.DataLocation.External;
        model.Graph.Initializer.Add(
            new TensorProto { Name = "w", DataType = 77, Dims = { 5 }, DataLocation = elsewhere });
        var text = ModelInspector.Describe(model).ToText();
        Assert.That(text, Does.Contain("com.example.If").And.Contain("then=<graph of 0 nodes>"));
        Assert.That(text, Does.Contain("x  unknown type"));
        Assert.That(text, Does.Contain("in other files").And.Contain("1 function(s)").And.Contain("1 graph(s) inside"));
        Assert.That(text, Does.Contain("structure cannot be checked").And.Contain("producer:    not named"));
    }

    [Test]
    public void Describe_ConstantNodesAndInnerGraphs_AreCounted()
    {
        var inner = new GraphProto { Initializer = { Tensors.Float("w", [2, 3], new float[6]) } };
        inner.Node.Add(Constant(new AttributeProto
        {
            Name = "value",
            Type = AttributeProto.Types.AttributeType.Tensor,
            T = Tensors.Int64("k", [4], new long[4]),
        }));
        var branch = new NodeProto { OpType = "If" };
        branch.Attribute.Add(
            new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = inner });
        var model = new ModelProto { Graph = new GraphProto { Node = { branch } } };
        model.Graph.Node.Add(Constant(Attributes.Float("value_float", 1)));
        model.Graph.Node.Add(Constant(Attributes.Ints("value_ints", 1, 2, 3)));
        model.Functions.Add(new FunctionProto { Node = { Constant(Attributes.Int("value_int", 1)) } });
        Assert.That(ModelInspector.Describe(model).ParameterCount, Is.EqualTo(6 + 4 + 1 + 3 + 1));
    }

    [Test]
    public void Describe_LongValues_AreWholeAndCutInTheText()
    {
        var (entry, letters) = (new StringStringEntryProto { Key = "k", Value = new string('v', 150) }, 100);
        var model = new ModelProto { Graph = new GraphProto(), MetadataProps = { entry } };
        model.Graph.Node.Add(new NodeProto { OpType = "X", Attribute = { Attributes.Ints("a", new long[60]) } });
        var description = ModelInspector.Describe(model);
        Assert.That(description.Metadata[0].Value, Is.EqualTo(entry.Value));
        Assert.That(description.Nodes[0].Attributes[0], Has.Length.EqualTo("a=[]".Length + (60 * 3) - 2));
        Assert.That(
            description.ToText(),
            Does.Contain($"{new string('v', letters)}… (150 characters)").And.Contain("… (182 characters)"));
    }

    [Test]
    public void ToText_Width_IsKept()
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, seed: 1);
        var text = ModelInspector.Describe(ClassifierExporter.Export(checkpoint)).ToText(80);
        Assert.That(text.Split('\n').Select(line => line.Length), Has.All.AtMost(80));
        Assert.That(text, Does.Contain("description: Text classifier."));
    }

    private static NodeProto Constant(AttributeProto value) =>
        new() { OpType = "Constant", Output = { "c" }, Attribute = { value } };

    [Test]
    public void ToText_ControlCharacters_ShownAsEscapes()
    {
        var model = new ModelProto { ProducerName = "evil\u001b[31m\u202e", Graph = new GraphProto() };
        var text = ModelInspector.Describe(model).ToText();
        Assert.That(text, Does.Contain(@"evil\u001b[31m\u202e").And.Not.Contain("\u001b"));
    }

    [Test]
    public void Describe_NoGraph_SaysSo() =>
        Assert.That(ModelInspector.Describe(new ModelProto()).Unknowns, Has.Member("The model has no graph."));
}
