using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What the tool composes too: the computations of a checkpoint, and its export.</summary>
internal static class Computations
{
    internal static Runner Reference(Checkpoint checkpoint) => new ReferenceEvaluator(checkpoint).ToRunner();

    internal static Runner TorchSharp(TrainedModel model) =>
        new("TorchSharp", batch => ModelOutputs.OfLogits(model.Logits(batch), batch.Count));

    internal static VerifiedExportReport Export(
        Checkpoint checkpoint, string path, ExportOptions? options = null, AccuracyGate? gate = null,
        CancellationToken cancellation = default)
    {
        options ??= new ExportOptions();
        var single = ClassifierExporter.Export(checkpoint, options with { Precision = Precision.Float32 });
        return VerifiedExport.Write(
            ClassifierExporter.Export(checkpoint, options), checkpoint, path,
            new VerifiedExportOptions { SinglePrecision = single, AccuracyGate = gate }, cancellation);
    }
}
