using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.Text;
using OnnxSentiment.OnnxExporter.Validation;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer.Model;

namespace OnnxSentiment.Cli.Verification;

/// <summary>The three independent computations of one model.</summary>
public static class Runners
{
    /// <summary>
    /// How files are loaded that are checked before they appear: on the processor, whose tolerances are measured, so that an
    /// export does not depend on the machine's GPU.
    /// </summary>
    internal static SentimentModelOptions OnProcessor { get; } = new() { Device = Device.Cpu };

    /// <summary>The reference evaluator: the checkpoint in double precision.</summary>
    public static Runner Reference(Checkpoint checkpoint)
    {
        var evaluator = new ReferenceEvaluator(checkpoint);
        return new Runner("reference", evaluator.Run);
    }

    /// <summary>TorchSharp: the checkpoint as it was trained, in single precision.</summary>
    public static Runner TorchSharp(TrainedModel model) => new("TorchSharp", batch =>
    {
        var logits = Array.ConvertAll(model.Logits(batch), logit => (double)logit);
        return new ModelOutputs(logits, Array.ConvertAll(logits, logit => 1 / (1 + Math.Exp(-logit))));
    });

    /// <summary>ONNX Runtime: the exported file.</summary>
    public static Runner OnnxRuntime(SentimentModel model) => new("ONNX Runtime", batch =>
    {
        var (logits, probabilities) = (new float[batch.Count], new float[batch.Count]);
        model.Score(batch, logits, probabilities);
        return new ModelOutputs([.. logits.Select(x => (double)x)], [.. probabilities.Select(x => (double)x)]);
    });

    /// <summary>What is stored beside a model.</summary>
    public static Runner Stored(TestDataSet dataSet) => new("stored outputs", (TokenBatch _) => dataSet.Expected);
}
