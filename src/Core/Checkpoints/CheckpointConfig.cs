using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Core;

/// <summary>The contents of a checkpoint's <c>config.json</c>.</summary>
public sealed record CheckpointConfig
{
    /// <summary>The architecture.</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>How texts become ids.</summary>
    public required TextSettings Text { get; init; }

    /// <summary>
    /// The class names, in the order of the classifier's outputs; the one output of two is the second one's.
    /// </summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>
    /// The settings of the training, as they were given; null where something else trained the weights.
    /// </summary>
    public JsonObject? Training { get; init; }

    /// <summary>What the weights were trained on; null where it is not known.</summary>
    public DataDescription? Data { get; init; }

    /// <summary>Measured metrics by name, for instance <c>test_accuracy</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics
    {
        get;

        // System.Text.Json sets null where the key is missing; a null in the file is refused before.
        init => field = value ?? new Dictionary<string, double>();
    } = new Dictionary<string, double>();

    /// <summary>Returns the configuration, or says which value cannot be.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public CheckpointConfig Validated()
    {
        Model.Validated();
        Text.Validated();
        LabelNames.Check(Labels);
        MetricValues.Check(Metrics);
        return this;
    }
}

/// <summary>What a model was trained on.</summary>
public sealed record DataDescription
{
    /// <summary>The file's or folder's name, without its path.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256, in lower-case hexadecimal, over all texts in the order in which they were read.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Texts that the weights were fitted to.</summary>
    public int TrainCount { get; init; }

    /// <summary>Texts of the train split that chose the epoch.</summary>
    public int ValidationCount { get; init; }

    /// <summary>Texts without labels that were learned from too.</summary>
    [JsonPropertyName("unlabelled_count")]
    public int UnlabeledCount { get; init; }

    /// <summary>Texts of the test split, looked at once, at the end.</summary>
    public int TestCount { get; init; }
}
