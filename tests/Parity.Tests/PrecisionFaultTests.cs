using OnnxSentiment.Cli;
using OnnxSentiment.Cli.Verification;
using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.OnnxExporter.Validation;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// The wider tolerances still find what they are there for, on trained weights: those of the table hold for their logits.
/// </summary>
public class PrecisionFaultTests
{
    private static readonly Checkpoint Checkpoint = Checkpoint.Load(Path.Combine(Checkout.ImdbModel, "checkpoint"));

    [TestCase("recurrent.weight_ih_l0")]
    [TestCase("recurrent.weight_hh_l0")]
    [TestCase("recurrent.bias_hh_l0")]
    [TestCase("recurrent.weight_ih_l0_reverse")]
    [TestCase("recurrent.weight_hh_l0_reverse")]
    [TestCase("embedding.weight")]
    public void Publish_FirstTwoBlocksOfWeightsSwapped_FailsAndWritesNothing(string weight)
    {
        var folder = Directory.CreateTempSubdirectory("precision-tests-").FullName;
        foreach (var precision in (Precision[])[Precision.Fp16, Precision.Int8])
        {
            var damaged = ClassifierExporter.Export(WithBlocksSwapped(weight), new ExportOptions { Precision = precision });
            var error = Assert.Throws<CheckFailedException>(
                () => ExportPipeline.Publish(damaged, Checkpoint, Path.Combine(folder, "model.onnx")), $"{precision}");
            Assert.That(error!.Message, Does.Contain("logit of batch"));
            TestContext.Out.WriteLine($"{precision}: {error.Message}");
            Assert.That(Directory.GetFileSystemEntries(folder), Is.Empty);
        }

        Directory.Delete(folder);
    }

    // For recurrent weights a block is a gate; for the embedding, whose rows are words, a quarter of the vocabulary.
    private static Checkpoint WithBlocksSwapped(string weight)
    {
        var tensor = Checkpoint.Weights[weight];
        float[] values = [.. tensor.AsFloats()];
        var block = (int)(tensor.Shape[0] / 4) * (values.Length / (int)tensor.Shape[0]);
        float[] swapped = [.. values[block..(2 * block)], .. values[..block], .. values[(2 * block)..]];
        return new Checkpoint(Checkpoint.Config, Checkpoint.Vocabulary, new Dictionary<string, SafetensorsTensor>(Checkpoint.Weights)
        {
            [weight] = SafetensorsTensor.FromFloats(swapped, tensor.Shape),
        });
    }
}
