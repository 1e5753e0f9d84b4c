using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// The wider tolerances still find what they are there for, on trained weights: those of the table hold for their
/// logits.
/// </summary>
public class PrecisionFaultTests
{
    private static readonly Checkpoint Checkpoint = Checkpoint.Load(Path.Combine(Checkout.ImdbModel, "checkpoint"));

    // An export never comes this far with them: it compares the weights first. Values are compared all the same where
    // another device or another runtime computes.
    [TestCase(Precision.Fp16, "recurrent.weight_ih_l0")]
    [TestCase(Precision.Int8, "recurrent.weight_ih_l0")]
    [TestCase(Precision.Fp16, "recurrent.weight_hh_l0")]
    [TestCase(Precision.Int8, "recurrent.weight_hh_l0")]
    [TestCase(Precision.Fp16, "embedding.weight")]
    [TestCase(Precision.Int8, "embedding.weight")]
    public void Compare_FirstTwoBlocksOfWeightsSwapped_Fails(Precision precision, string weight)
    {
        var damaged = ClassifierExporter.Export(WithBlocksSwapped(weight), new ExportOptions { Precision = precision });
        using var stream = new MemoryStream(ModelFile.ToBytes(damaged));
        using var model = SentimentModel.Load(stream);
        var inputs = ParityInputs.Create(
            VerifiedExport.Seed, Checkpoint.Vocabulary.Count, Checkpoint.Config.Text.MaximumLength).Take(7);
        var report = OutputComparer.Compare(model.ToRunner(), Computations.Reference(Checkpoint), inputs, precision);
        Assert.That(report.Passed, Is.False, report.ToText());
        Assert.That(report.Failures, Has.Some.Contains("logit of batch"));
    }

    // These move no logit further than the rounding to 8 bits may, so that only the weights show them.
    [TestCase(Precision.Int8, "recurrent.weight_ih_l0_reverse")]
    [TestCase(Precision.Int8, "recurrent.weight_hh_l0_reverse")]
    [TestCase(Precision.Fp16, "recurrent.weight_hh_l0_reverse")]
    [TestCase(Precision.Float32, "embedding.weight")]
    public void Write_FirstTwoBlocksOfWeightsSwapped_FailsAndWritesNothing(Precision precision, string weight)
    {
        var folder = Directory.CreateTempSubdirectory("precision-tests-").FullName;
        var damaged = ClassifierExporter.Export(WithBlocksSwapped(weight), new ExportOptions { Precision = precision });
        var sound = new VerifiedExportOptions { SinglePrecision = ClassifierExporter.Export(Checkpoint) };
        Assert.That(
            () => VerifiedExport.Write(damaged, Checkpoint, Path.Combine(folder, "model.onnx"), sound),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains(weight));
        Assert.That(Directory.GetFileSystemEntries(folder), Is.Empty);
        Directory.Delete(folder);
    }

    // For recurrent weights a block is a gate; for the embedding, whose rows are words, a quarter of the vocabulary.
    private static Checkpoint WithBlocksSwapped(string weight)
    {
        var tensor = Checkpoint.Weights[weight];
        float[] values = [.. tensor.AsFloats()];
        var block = (int)(tensor.Shape[0] / 4) * (values.Length / (int)tensor.Shape[0]);
        float[] swapped = [.. values[block..(2 * block)], .. values[..block], .. values[(2 * block)..]];
        return new Checkpoint(
            Checkpoint.Config, Checkpoint.Vocabulary, new Dictionary<string, SafetensorsTensor>(Checkpoint.Weights)
            {
                [weight] = SafetensorsTensor.FromFloats(swapped, tensor.Shape),
            });
    }
}
