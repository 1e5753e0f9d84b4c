using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// The wider tolerances still find what they are there for, on trained weights: those of the table hold for their
/// logits.
/// </summary>
public class PrecisionFaultTests
{
    private static readonly Checkpoint Checkpoint = Checkpoint.Load(Path.Combine(Checkout.ImdbModel, "checkpoint"));

    // The last two swaps move no logit further than the rounding to 8 bits may: there the check of the single-precision
    // graph, which export makes first, is what finds them.
    [TestCase(Precision.Fp16, "recurrent.weight_ih_l0")]
    [TestCase(Precision.Int8, "recurrent.weight_ih_l0")]
    [TestCase(Precision.Fp16, "recurrent.weight_hh_l0")]
    [TestCase(Precision.Int8, "recurrent.weight_hh_l0")]
    [TestCase(Precision.Fp16, "embedding.weight")]
    [TestCase(Precision.Int8, "embedding.weight")]
    [TestCase(Precision.Fp16, "recurrent.weight_ih_l0_reverse")]
    [TestCase(Precision.Fp16, "recurrent.weight_hh_l0_reverse")]
    public void Write_FirstTwoBlocksOfWeightsSwapped_FailsAndWritesNothing(Precision precision, string weight)
    {
        var folder = Directory.CreateTempSubdirectory("precision-tests-").FullName;
        var damaged = ClassifierExporter.Export(WithBlocksSwapped(weight), new ExportOptions { Precision = precision });
        var sound = new VerifiedExportOptions { SinglePrecision = ClassifierExporter.Export(Checkpoint) };
        Assert.That(
            () => VerifiedExport.Write(damaged, Checkpoint, Path.Combine(folder, "model.onnx"), sound),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("logit of batch"));
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
