using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxSentiment.Core;
using OnnxSentiment.Evaluation;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>What was measured on one network trained with one seed.</summary>
internal sealed record ModelRun
{
    /// <summary>The name of the file that holds a run.</summary>
    internal const string FileName = "run.json";

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The seed of initial weights, order and dropout.</summary>
    public required int Seed { get; init; }

    /// <summary>Numbers that training chose.</summary>
    public required long Parameters { get; init; }

    /// <summary>The epochs of the training.</summary>
    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>The epoch with the lowest validation loss; everything below was measured on its weights.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>
    /// Mean wall-clock time of an epoch's training steps, over those that ran in the process that measured; null
    /// where an interruption left none.
    /// </summary>
    public double? SecondsPerEpoch { get; init; }

    /// <summary>Bytes of the exported file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>
    /// Largest absolute difference of a logit between ONNX Runtime and the stored, reference and TorchSharp's ones.
    /// </summary>
    public required double ParityLargestDifference { get; init; }

    /// <summary>Share of the test texts that ONNX Runtime classifies rightly.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Median time of one prediction for one text, tokenizing included, in milliseconds.</summary>
    public required double LatencyMilliseconds { get; init; }

    /// <summary>The test texts by their length.</summary>
    public required IReadOnlyList<LengthBin> ByLength { get; init; }

    /// <summary>The scores on minimal pairs; empty where the labels are not negative and positive.</summary>
    [JsonPropertyName("complaints")]
    public required IReadOnlyList<MinimalPairScore> MinimalPairs { get; init; }

    /// <summary>The gradient on its way back; null for networks that do not read forwards alone.</summary>
    public GradientRun? Gradients { get; init; }

    /// <exception cref="InvalidInputException">The file does not hold a run.</exception>
    internal static ModelRun Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), RunJson.Default.ModelRun)!;
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(
                $"'{path}' is damaged: delete it, and its model will be measured again.", e);
        }
    }

    internal void Write(string path) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, RunJson.Default.ModelRun));
}

/// <summary>The gradient's norms before and after training, on the same texts.</summary>
/// <param name="Texts">Validation texts in the mean.</param>
/// <param name="Steps">States looked at, from the last one back.</param>
/// <param name="Initial">With the initial weights.</param>
/// <param name="Trained">With those of the best epoch.</param>
internal sealed record GradientRun(int Texts, int Steps, GradientNorms Initial, GradientNorms Trained);
