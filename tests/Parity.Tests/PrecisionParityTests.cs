using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Smaller precisions in ONNX Runtime on the CPU against the reference in double precision, with random weights.
/// </summary>
public class PrecisionParityTests
{
    private const int VocabularySize = 50;
    private const int MaximumLength = 12;
    private const int Seed = 3999;

    private static readonly Precision[] Smaller = [Precision.Fp16, Precision.Int8];
    private static readonly ModelConfig Small = new() { EmbeddingSize = 5, HiddenSize = 4 };

    private static IEnumerable<TestCaseData> Models() =>
        from precision in Smaller
        from model in RandomCheckpoint.AllModels(maximumLayers: 4)
            .Select((config, i) => (Config: config, Seed: 3000 + i))
        where precision == Precision.Fp16 || model.Config.Cell == CellKind.Lstm
        select new TestCaseData(precision, model.Config, model.Seed)
            .SetArgDisplayNames(Precisions.NameOf(precision), RandomCheckpoint.NameOf(model.Config));

    [TestCaseSource(nameof(Models))]
    public void Run_EveryArchitecture_StaysWithinItsTolerances(Precision precision, ModelConfig config, int seed)
    {
        var checkpoint = RandomCheckpoint.Create(config, seed, VocabularySize, MaximumLength);
        var report = Compare(
            ClassifierExporter.Export(checkpoint, new ExportOptions { Precision = precision }), checkpoint, precision,
            seed);
        ParityLog.RecordPrecision(precision, "ONNX Runtime, every architecture with random weights", report);
        TestContext.Out.WriteLine(report.ToText());
        Assert.That(report.Passed, $"seed {seed}: {report.ToText()}");
        Assert.That(
            report.Outputs[0].LargestAbsolute, Is.GreaterThan(1e-5),
            "a smaller precision that computes like float32 is none");
    }

    [Test]
    public void Inputs_OfTheComparison_HaveBatchesOfOneAndSevenAndUnequalLengths()
    {
        var batches = ParityInputs.Create(Seed, VocabularySize, MaximumLength).Select(batch => batch.Batch).ToList();
        Assert.That(batches.Select(batch => batch.Count), Does.Contain(1).And.Contain(7));
        Assert.That(batches.Any(batch => batch.Lengths.ToArray().Distinct().Count() > 2));
    }

    [Test]
    public void Run_EveryOpset_StaysWithinItsTolerances(
        [ValueSource(nameof(Smaller))] Precision precision, [Range(14, 21)] int opset,
        [Values(ReadoutKind.MaxMean, ReadoutKind.Attention)] ReadoutKind readout)
    {
        var checkpoint = RandomCheckpoint.Create(Small with { Readout = readout }, Seed, VocabularySize, MaximumLength);
        var exported = ClassifierExporter.Export(
            checkpoint, new ExportOptions { Precision = precision, Opset = opset });
        var report = Compare(exported, checkpoint, precision, Seed);
        Assert.That(report.Passed, $"seed {Seed}: {report.ToText()}");
    }

    [TestCaseSource(nameof(Smaller))]
    public void Compare_LengthsNotGivenToTheLstm_Fails(Precision precision)
    {
        var checkpoint = RandomCheckpoint.Create(Small, Seed, VocabularySize, MaximumLength);
        var exported = ClassifierExporter.Export(checkpoint, new ExportOptions { Precision = precision });
        exported.Graph.Node.Single(node => node.OpType.EndsWith("LSTM")).Input[4] = "";
        Assert.That(Compare(exported, checkpoint, precision, Seed).Passed, Is.False);
    }

    [TestCaseSource(nameof(Smaller))]
    public void Verify_ExportedFile_TakesTheTolerancesOfThePrecisionItNames(Precision precision)
    {
        var checkpoint = RandomCheckpoint.Create(Small, Seed, VocabularySize, MaximumLength);
        var path = Path.Combine(Directory.CreateTempSubdirectory("precision-tests-").FullName, "model.onnx");
        Computations.Export(checkpoint, path, new ExportOptions { Precision = precision });
        using (var trained = TrainedModel.Load(checkpoint))
        using (var check = new ParityCheck(path, checkpoint, [Computations.TorchSharp(trained)]))
        {
            var reports = check.CompareStored().Concat(check.CompareRandom(Seed))
                .Concat(check.CompareTexts(["word3 word4", ""])).ToList();
            Assert.That(reports, Has.Count.EqualTo(6));
            Assert.That(reports.Select(r => r.Passed), Is.All.True);
            Assert.That(
                reports.SelectMany(r => r.Outputs).Select(output => output.Tolerance),
                Is.All.AnyOf(
                    Tolerances.For(OutputKind.Logit, precision), Tolerances.For(OutputKind.Probability, precision)));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static ComparisonReport Compare(ModelProto exported, Checkpoint checkpoint, Precision precision, int seed)
    {
        using var stream = new MemoryStream(ModelFile.ToBytes(exported));
        using var model = SentimentModel.Load(stream);
        var inputs = ParityInputs.Create(seed, VocabularySize, MaximumLength);
        return OutputComparer.Compare(model.ToRunner(), Computations.Reference(checkpoint), inputs, precision);
    }
}
