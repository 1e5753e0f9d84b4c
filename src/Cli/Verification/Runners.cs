using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

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
        var logits = ToDouble(model.Logits(batch));
        var (probabilities, outputs) = (new double[logits.Length], logits.Length / batch.Count);
        for (var row = 0; row < logits.Length; row += outputs)
        {
            LabelScores.ToProbabilities(logits.AsSpan(row, outputs), probabilities.AsSpan(row, outputs));
        }

        return new ModelOutputs(logits, probabilities, outputs);
    });

    /// <summary>ONNX Runtime: the exported file.</summary>
    public static Runner OnnxRuntime(SentimentModel model) => new("ONNX Runtime", batch =>
    {
        var count = batch.Count * model.Outputs;
        var (logits, probabilities) = (new float[count], new float[count]);
        model.Score(batch, logits, probabilities);
        return new ModelOutputs(ToDouble(logits), ToDouble(probabilities), model.Outputs);
    });

    internal static double[] ToDouble(float[] values) => Array.ConvertAll(values, value => (double)value);
}
