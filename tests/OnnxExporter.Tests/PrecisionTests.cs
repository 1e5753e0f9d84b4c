using System.Runtime.InteropServices;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Tests.Shared;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter.Tests;

/// <summary>What the smaller precisions write.</summary>
public sealed class PrecisionTests
{
    private const int Seed = 20_261;

    private static readonly ModelConfig Small =
        new() { EmbeddingSize = 5, HiddenSize = 4, Layers = 2, Readout = ReadoutKind.Attention };

    private static IEnumerable<TestCaseData> AllModels() =>
        from precision in new[] { Precision.Fp16, Precision.Int8 }
        from model in RandomCheckpoint.AllModels(maximumLayers: 3, embeddingSize: 3, hiddenSize: 2)
        where precision == Precision.Fp16 || model.Cell == CellKind.Lstm
        select new TestCaseData(precision, model).SetArgDisplayNames($"{precision}", RandomCheckpoint.NameOf(model));

    [TestCaseSource(nameof(AllModels))]
    public void Export_EveryOpset_SoundWithAllShapesDeclared(Precision precision, ModelConfig model)
    {
        var checkpoint = RandomCheckpoint.Create(model, Seed);
        foreach (var opset in Enumerable.Range(14, 8))
        {
            var options = new ExportOptions { Opset = opset, Precision = precision };
            var exported = ClassifierExporter.Export(checkpoint, options);
            Assert.That(StructureCheck.Check(exported).ToText(), Is.EqualTo("structure: sound"), $"opset {opset}");
            var declared = exported.Graph.ValueInfo.Concat(exported.Graph.Output).Select(info => info.Name);
            var computed = exported.Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0);
            Assert.That(declared, Is.EquivalentTo(computed));
        }
    }

    [Test]
    public void Export_Twice_SameBytes([Values] Precision precision) =>
        Assert.That(
            ModelFile.ToBytes(Export(Small, precision)), Is.EqualTo(ModelFile.ToBytes(Export(Small, precision))));

    [Test]
    public void Export_AnyPrecision_SameInputAndOutputs([Values] Precision precision)
    {
        var (graph, expected) = (Export(Small, precision).Graph, Export(Small, Precision.Float32).Graph);
        Assert.That(graph.Input, Is.EqualTo(expected.Input));
        Assert.That(graph.Output, Is.EqualTo(expected.Output));
    }

    [Test]
    public void Export_Metadata_NamesEveryPrecisionButTheUsual([Values] Precision precision)
    {
        var properties = Export(Small, precision).MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.That(properties.ContainsKey("onnx_sentiment.precision"), Is.EqualTo(precision != Precision.Float32));
        Assert.That(ModelMetadata.FromProperties(properties).Precision, Is.EqualTo(precision));
    }

    [Test]
    public void Export_Fp16_EveryWeightInHalfPrecision(
        [Values(CellKind.Rnn, CellKind.Gru, CellKind.Lstm)] CellKind cell)
    {
        var graph = Export(Small with { Cell = cell }, Precision.Fp16).Graph;
        var original = Export(Small with { Cell = cell }, Precision.Float32).Graph;
        var weights = graph.Initializer.Where(tensor => tensor.Dims.Count > 0)
            .Where(tensor => tensor.DataType != (int)DataType.Int64);
        foreach (var tensor in weights)
        {
            Assert.That((DataType)tensor.DataType, Is.EqualTo(DataType.Float16), tensor.Name);
            Assert.That(
                MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray(),
                Is.EqualTo(Floats(original, tensor.Name).Select(value => (Half)value)));
        }

        var recurrent = graph.Node.Where(node => node.OpType == cell.ToString().ToUpperInvariant()).ToList();
        Assert.That(recurrent, Has.Count.EqualTo(2));
        Assert.That(
            recurrent.SelectMany(node => node.Output).Where(name => name.Length > 0)
                .Select(name => graph.ValueInfo.Single(info => info.Name == name).Type.TensorType.ElemType),
            Is.All.EqualTo((int)DataType.Float16));
    }

    [Test]
    public void Export_Int8_QuantizedLstmsAndRowsOfTheEmbedding()
    {
        var model = Export(Small, Precision.Int8);
        Assert.That(
            model.Graph.Node.Where(node => node.Domain.Length > 0).Select(node => $"{node.Domain}.{node.OpType}"),
            Is.EqualTo(Enumerable.Repeat("com.microsoft.DynamicQuantizeLSTM", 2)));
        Assert.That(model.Graph.Node.Any(node => node.OpType == "LSTM"), Is.False);
        Assert.That(
            model.OpsetImport.Select(import => (import.Domain, import.Version)),
            Is.EqualTo(new[] { ("", 17L), ("com.microsoft", 1L) }));
        Assert.That(Shape("recurrent.0/W"), Is.EqualTo("Int8 2,5,16"));
        Assert.That(Shape("recurrent.0/R"), Is.EqualTo("Int8 2,4,16"));
        Assert.That(Shape("recurrent.1/W"), Is.EqualTo("Int8 2,8,16"));
        Assert.That(Shape("recurrent.0/W_scale"), Is.EqualTo("Float 2,16"));
        Assert.That(Shape("embedding.weight"), Is.EqualTo("Int8 50,5"));
        Assert.That(Shape("embedding.weight_scale"), Is.EqualTo("Float 50,1"));

        string Shape(string name)
        {
            var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == name);
            return $"{(DataType)tensor.DataType} {string.Join(',', tensor.Dims)}";
        }
    }

    [Test]
    public void Export_Int8_WeightsWithinHalfAStepOfTheirScale()
    {
        var (graph, original) = (Export(Small, Precision.Int8).Graph, Export(Small, Precision.Float32).Graph);
        var expected = Floats(original, "recurrent.0/W"); // [2, 16, 5]
        var quantized = graph.Initializer.Single(t => t.Name == "recurrent.0/W"); // [2, 5, 16]
        var actual = MemoryMarshal.Cast<byte, sbyte>(quantized.RawData.Span).ToArray();
        var scales = Floats(graph, "recurrent.0/W_scale");
        for (var i = 0; i < expected.Length; i++)
        {
            var (row, column) = Math.DivRem(i, 5);
            var (direction, gateRow) = Math.DivRem(row, 16);
            var value = actual[(direction * 80) + (column * 16) + gateRow] * scales[row];
            Assert.That(
                value, Is.EqualTo(expected[i]).Within((scales[row] / 2) + 1e-6),
                $"direction {direction}, row {gateRow}, column {column}");
        }

        Assert.That(actual.Max(Math.Abs), Is.EqualTo(64), "sums of two products have to fit 16 bits");
    }

    [TestCase(CellKind.Gru)]
    [TestCase(CellKind.Rnn)]
    [TestCase(CellKind.Bag)]
    public void Export_Int8OfACellWithoutQuantizedOperator_NamesTheSupportedOne(CellKind cell)
    {
        var model = cell == CellKind.Bag ? RandomCheckpoint.Bag() : Small with { Cell = cell };
        var error = Assert.Throws<InvalidInputException>(() => Export(model, Precision.Int8));
        Assert.That(
            error!.Message, Does.Contain(cell.ToString().ToLowerInvariant()).And.Contain("lstm").And.Contain("fp16"));
    }

    [TestCase(Precision.Fp16, 1e6f, "half precision ends at")]
    [TestCase(Precision.Int8, float.NaN, "holds NaN")]
    public void Export_WeightThatThePrecisionCannotHold_NamesIt(Precision precision, float weight, string defect)
    {
        var checkpoint = RandomCheckpoint.Create(Small, Seed);
        var tensor = checkpoint.Weights["embedding.weight"];
        float[] values = [.. tensor.AsFloats()];
        values[7] = weight;
        var weights = new Dictionary<string, SafetensorsTensor>(checkpoint.Weights)
        {
            ["embedding.weight"] = SafetensorsTensor.FromFloats(values, tensor.Shape),
        };
        var damaged = new Checkpoint(checkpoint.Config, checkpoint.Vocabulary, weights);
        var options = new ExportOptions { Precision = precision };
        var error = Assert.Throws<InvalidInputException>(() => ClassifierExporter.Export(damaged, options));
        Assert.That(error!.Message, Does.Contain("embedding.weight").And.Contain(defect));
    }

    [Test]
    public void Parse_EveryName_IsItsPrecision([Values] Precision precision) =>
        Assert.That(Precisions.Parse(Precisions.NameOf(precision)), Is.EqualTo(precision));

    [Test]
    public void Parse_UnknownName_ListsTheKnownOnes() => Assert.That(
        () => Precisions.Parse("Fp16"),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("'Fp16'")
            .And.Message.Contains("float32, fp16, int8"));

    private static ModelProto Export(ModelConfig model, Precision precision) =>
        ClassifierExporter.Export(RandomCheckpoint.Create(model, Seed), new ExportOptions { Precision = precision });

    private static float[] Floats(GraphProto graph, string name) =>
        MemoryMarshal.Cast<byte, float>(graph.Initializer.Single(tensor => tensor.Name == name).RawData.Span).ToArray();
}
