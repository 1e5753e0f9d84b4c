using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>What a comparison leaves to its caller, who shows progress and knows the exporter.</summary>
/// <param name="Train">Trains a variant.</param>
/// <param name="Export">Exports and verifies a variant.</param>
public sealed record ComparisonSteps(TrainingStep Train, ExportStep Export);

/// <summary>Trains a run, continuing where it was interrupted, and shows how it goes.</summary>
/// <param name="data">The texts.</param>
/// <param name="recipe">The settings.</param>
/// <param name="run">The run, which has no checkpoint yet.</param>
/// <param name="cancellation">Ends the training; the finished epochs are kept.</param>
public delegate TrainingResult TrainingStep(
    TrainingData data, TrainingRecipe recipe, TrainingRun run, CancellationToken cancellation);

/// <summary>
/// Writes a checkpoint as an ONNX file, proves that the file computes what the checkpoint computes, and returns what
/// was compared. Throws where they differ.
/// </summary>
/// <param name="checkpoint">The trained model.</param>
/// <param name="path">The file to write.</param>
/// <param name="texts">Texts to compare on, beside random ids.</param>
/// <param name="cancellation">Ends the comparison between two batches.</param>
public delegate IReadOnlyList<ComparisonReport> ExportStep(
    Checkpoint checkpoint, string path, IReadOnlyList<string> texts, CancellationToken cancellation);
