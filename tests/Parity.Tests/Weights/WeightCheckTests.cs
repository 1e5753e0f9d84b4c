using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What a file stores against what was trained, number by number.</summary>
public class WeightCheckTests
{
    private static readonly ModelConfig Small = new() { EmbeddingSize = 5, HiddenSize = 4 };
    private static readonly Checkpoint Checkpoint = RandomCheckpoint.Create(Small, seed: 31);

    private static IEnumerable<TestCaseData> Architectures() =>
        from precision in Enum.GetValues<Precision>()
        from model in RandomCheckpoint.AllModels(maximumLayers: 2)
            .Select((config, i) => (Config: config, Seed: 400 + i))
        where precision != Precision.Int8 || model.Config.Cell == CellKind.Lstm
        select new TestCaseData(precision, model.Config, model.Seed)
            .SetArgDisplayNames(Precisions.NameOf(precision), RandomCheckpoint.NameOf(model.Config));

    [TestCaseSource(nameof(Architectures))]
    public void Run_EveryArchitecture_FindsEveryTensor(Precision precision, ModelConfig config, int seed) =>
        AssertComplete(RandomCheckpoint.Create(config, seed), new ExportOptions { Precision = precision });

    [Test]
    public void Run_EveryOpset_FindsEveryTensor(
        [Range(14, 21)] int opset, [Values] Precision precision, [Values] ReadoutKind readout) =>
        AssertComplete(
            RandomCheckpoint.Create(Small with { Readout = readout }, seed: opset),
            new ExportOptions { Opset = opset, Precision = precision });

    [Test]
    public void Run_GraphThatReadsTexts_FindsEveryTensor(
        [Values(14, 17, 21)] int opset, [Values(2, 3, 10)] int labels, [Values] TokenizerKind tokenizer)
    {
        var made = RandomCheckpoint.Create(Small, seed: labels, labels: labels);
        var config = made.Config with { Text = made.Config.Text with { Tokenizer = tokenizer } };
        AssertComplete(
            new Checkpoint(config, made.Vocabulary, made.Weights),
            new ExportOptions { Opset = opset, Input = InputKind.Text });
    }

    [Test]
    public void Run_ManyLabels_FindsEveryTensor([Values] Precision precision, [Values(3, 10)] int labels) =>
        AssertComplete(
            RandomCheckpoint.Create(Small, seed: labels, labels: labels), new ExportOptions { Precision = precision });

    // An LSTM's cell state hides the smallest bit of a weight from every output; the comparison does not.
    [Test]
    public void Run_SmallestBitOfOneWeight_NamesTensorPlaceFoundAndExpected()
    {
        var model = ClassifierExporter.Export(Checkpoint);
        var found = Change(model, "recurrent.0/W", values: floats => floats[37] = float.BitIncrement(floats[37]));
        var report = WeightCheck.Run(model, Checkpoint);
        Assert.That(report.Passed, Is.False);
        var failed = report.Comparisons.Single(comparison => comparison.Different > 0);
        Assert.That(failed.Different, Is.EqualTo(1));
        // Row 7 of ONNX' first direction is unit 3 of the output gate, the last of PyTorch's four.
        Assert.That(failed.Tensor, Is.EqualTo("recurrent.weight_ih_l0"));
        Assert.That(failed.Failure, Does.Contain("'recurrent.0/W'[0, 7, 2]").And.Contain("weight_ih_l0[15, 2]"));
        Assert.That(failed.Failure, Does.Contain(FormattableString.Invariant($"{found[37]:G9}")));
        Assert.That(failed.Failure, Does.Contain("bit for bit"));
    }

    [Test]
    public void Run_EveryElementOfEveryInitializer_IsLookedAt([Values] Precision precision)
    {
        var exported = ClassifierExporter.Export(Checkpoint, new ExportOptions { Precision = precision });
        foreach (var (index, tensor) in exported.Graph.Initializer.Index())
        {
            var size = tensor.RawData.Length / (int)tensor.Dims.Aggregate(1L, (product, size) => product * size);
            for (var element = 0; element < tensor.RawData.Length / size; element++)
            {
                var model = exported.Clone();
                var bytes = tensor.RawData.ToByteArray();
                bytes[(element * size) + size - 1] ^= 0x02;
                model.Graph.Initializer[index].RawData = ByteString.CopyFrom(bytes);
                var report = WeightCheck.Run(model, Checkpoint);
                Assert.That(report.Passed, Is.False, $"element {element} of '{tensor.Name}'");
                Assert.That(
                    tensor.Name.StartsWith("const", StringComparison.Ordinal)
                        || report.Failures.Any(
                            failure => failure.Contains(tensor.Name.Replace("_scale", "", StringComparison.Ordinal))),
                    $"element {element} of '{tensor.Name}': {report.ToText()}");
            }
        }
    }

    [Test]
    public void Run_InitializerThatNothingExplains_NamesIt()
    {
        var model = ClassifierExporter.Export(Checkpoint);
        model.Graph.Initializer.Add(Tensors.Float("extra", [2], [1, 2]));
        Assert.That(WeightCheck.Run(model, Checkpoint).Failures.Single(), Does.Contain("'extra' (float [2])"));
    }

    [Test]
    public void Run_BiasesLeftOut_NamesTheNode()
    {
        var model = ClassifierExporter.Export(Checkpoint);
        model.Graph.Node.Single(node => node.OpType == "LSTM").Input[3] = "";
        var report = WeightCheck.Run(model, Checkpoint);
        Assert.That(report.GraphFailures, Has.Exactly(1).Contains("Node 'recurrent.0' (LSTM)"));
        Assert.That(report.Passed, Is.False);
    }

    [TestCase(Precision.Fp16, "embedding.weight", 1, "embedding.weight")]
    [TestCase(Precision.Int8, "embedding.weight", 1, "embedding.weight")]
    [TestCase(Precision.Int8, "recurrent.0/W", 1, "recurrent.weight_ih_l0")]
    [TestCase(Precision.Int8, "recurrent.0/R_zero_point", 1, "recurrent.0/R_zero_point")]
    public void Run_SmallestStepOfASmallerPrecision_IsFound(
        Precision precision, string initializer, int step, string expected)
    {
        var model = ClassifierExporter.Export(Checkpoint, new ExportOptions { Precision = precision });
        var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == initializer);
        var bytes = tensor.RawData.ToByteArray();
        bytes[20] = (byte)(bytes[20] + step);
        tensor.RawData = ByteString.CopyFrom(bytes);
        Assert.That(WeightCheck.Run(model, Checkpoint).Failures, Has.Exactly(1).Contains(expected));
    }

    // Every number stays within half a step of what was trained, but no longer the largest of its row.
    [TestCase("embedding.weight_scale", "embedding.weight")]
    [TestCase("recurrent.0/W_scale", "recurrent.weight_ih_l0")]
    [TestCase("recurrent.0/R_scale", "recurrent.weight_hh_l0")]
    public void Run_ScaleOffByOnePartInAHundredThousand_IsFound(string initializer, string expected)
    {
        var model = ClassifierExporter.Export(Checkpoint, new ExportOptions { Precision = Precision.Int8 });
        Change(model, initializer, floats => floats[1] *= 1.00001f);
        Assert.That(WeightCheck.Run(model, Checkpoint).Failures, Has.Exactly(1).Contains(expected));
    }

    [Test]
    public void Run_AnotherCheckpoint_NamesEveryTensor()
    {
        var report = WeightCheck.Run(
            ClassifierExporter.Export(Checkpoint), RandomCheckpoint.Create(Small, seed: 32));
        Assert.That(report.Comparisons.Select(comparison => comparison.Different), Is.All.Positive);
        Assert.That(report.Failures, Has.Count.EqualTo(Checkpoint.Weights.Count));
        Assert.That(report.ToText(), Does.StartWith("weights: FAILED"));
        Assert.That(
            report.ToChecks().Count(check => check.Outcome == CheckOutcome.Failed),
            Is.EqualTo(Checkpoint.Weights.Count));
    }

    [Test]
    public void Run_GraphOfAnotherArchitecture_SaysWhatWasExpected()
    {
        var gru = RandomCheckpoint.Create(Small with { Cell = CellKind.Gru }, seed: 33);
        var report = WeightCheck.Run(ClassifierExporter.Export(gru), Checkpoint);
        Assert.That(report.GraphFailures, Has.Exactly(1).Contains("GRU").And.Contains("LSTM was expected"));
    }

    [Test]
    public void Run_ConstantOfTheGraphChanged_NamesFoundAndExpected()
    {
        var checkpoint = RandomCheckpoint.Create(Small with { Readout = ReadoutKind.Mean }, seed: 34);
        var model = ClassifierExporter.Export(checkpoint);
        Change(model, "const.float.0", floats => floats[0] = 1e-3f);
        Assert.That(
            WeightCheck.Run(model, checkpoint).GraphFailures,
            Has.Exactly(1).Contains("'const.float.0' holds [0.001] as in place of padding, but [0] was expected"));
    }

    [Test]
    public void Run_UnsoundGraph_GivesTheProblemsOfItsStructure()
    {
        var model = ClassifierExporter.Export(Checkpoint);
        model.Graph.Node[^1].Input[0] = "nowhere";
        Assert.That(WeightCheck.Run(model, Checkpoint).GraphFailures, Has.Some.Contains("nowhere"));
    }

    private static void AssertComplete(Checkpoint checkpoint, ExportOptions options)
    {
        if (options.Precision == Precision.Int8 && checkpoint.Config.Model.Cell != CellKind.Lstm)
        {
            return;
        }

        var report = WeightCheck.Run(ClassifierExporter.Export(checkpoint, options), checkpoint);
        Assert.That(report.Passed, report.ToText());
        Assert.That(report.Comparisons.Select(comparison => comparison.Tensor), Is.EqualTo(checkpoint.Weights.Keys));
        Assert.That(report.Values, Is.EqualTo(checkpoint.Weights.Values.Sum(tensor => (long)tensor.AsFloats().Length)));
        Assert.That(report.Constants, Is.Not.Empty);
        Assert.That(
            report.LargestDifference, options.Precision == Precision.Float32 ? Is.Zero : Is.InRange(1e-6, 1e-2));
        Assert.That(report.ToChecks().Select(check => check.Outcome), Is.All.EqualTo(CheckOutcome.Passed));
    }

    private static float[] Change(ModelProto model, string initializer, Action<float[]> values)
    {
        var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == initializer);
        var floats = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        values(floats);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(floats.AsSpan()));
        return floats;
    }
}
