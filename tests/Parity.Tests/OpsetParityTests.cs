using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Every opset that can be asked for, loaded by ONNX Runtime and compared with the reference evaluator.
/// </summary>
public class OpsetParityTests
{
    private const double Tolerance = 1e-5;
    private const int VocabularySize = 50;
    private const int MaximumLength = 12;

    // The lowest version of the format for each opset: the table "Released versions" of ONNX' Versioning.md.
    private static readonly Dictionary<int, int> LowestIrVersions = new()
    {
        [14] = 7,
        [15] = 8,
        [16] = 8,
        [17] = 8,
        [18] = 8,
        [19] = 9,
        [20] = 9,
        [21] = 10,
    };

    internal static IEnumerable<int> All => LowestIrVersions.Keys;

    /// <summary>Every cell with every readout: all operators that an export can have.</summary>
    internal static IEnumerable<ModelConfig> Models =>
        RandomCheckpoint.AllModels(maximumLayers: 1)
            .Where(model => model.Bidirectional == model.IsRecurrent && model.Nonlinearity == RnnNonlinearity.Tanh);

    private static IEnumerable<TestCaseData> Cases() =>
        from opset in All
        from model in Models
        select new TestCaseData(opset, model).SetArgDisplayNames($"{opset}", RandomCheckpoint.NameOf(model));

    [TestCaseSource(nameof(Cases))]
    public void Export_EveryOpset_AgreesWithTheReference(int opset, ModelConfig config)
    {
        var checkpoint = RandomCheckpoint.Create(config, seed: opset, VocabularySize, MaximumLength);
        var exported = ClassifierExporter.Export(checkpoint, new ExportOptions { Opset = opset });
        Assert.That(
            exported.OpsetImport.Select(import => (import.Domain, import.Version)), Is.EqualTo([("", (long)opset)]));
        Assert.That(exported.IrVersion, Is.EqualTo(LowestIrVersions[opset]));

        using var stream = new MemoryStream(ModelFile.ToBytes(exported));
        using var model = SentimentModel.Load(stream);
        var (actual, expected) = (model.ToRunner(), Computations.Reference(checkpoint));
        var largest = ParityInputs.Create(opset, VocabularySize, MaximumLength)
            .Max(batch => Differences.Largest(actual.Run(batch.Batch), expected.Run(batch.Batch)));
        ParityLog.Record(ParityLog.Opsets, RowOf(opset), "ONNX Runtime", largest, Tolerance);
        Assert.That(largest, Is.LessThanOrEqualTo(Tolerance), $"seed {opset}");
    }

    [Test]
    public void LowestIrVersions_OpsetsOfTheExporter_AreAllThere() =>
        Assert.That(All, Is.EqualTo(Enumerable.Range(Opset.Minimum, Opset.Maximum - Opset.Minimum + 1)));

    internal static string RowOf(int opset) => $"opset {opset}, IR {LowestIrVersions[opset]}";
}
