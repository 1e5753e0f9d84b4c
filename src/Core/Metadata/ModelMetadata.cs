using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OnnxSentiment.Core;

/// <summary>
/// What an exported file says about itself in ONNX' <c>metadata_props</c>: all that a runtime needs beside the graph.
/// </summary>
public sealed record ModelMetadata
{
    private const string VersionKey = "onnx_sentiment.version";
    private const string ModelKey = "onnx_sentiment.model";
    private const string TextKey = "onnx_sentiment.text";
    private const string LabelsKey = "onnx_sentiment.labels";
    private const string MetricsKey = "onnx_sentiment.metrics";
    private const string PrecisionKey = "onnx_sentiment.precision";
    private const string VocabularyKey = "onnx_sentiment.vocabulary";

    // One line each: people read them in tools that show metadata as a list.
    private static readonly CheckpointJson Compact =
        new(new JsonSerializerOptions(CheckpointJson.Default.Options) { WriteIndented = false });

    /// <summary>The version of this project that wrote the file.</summary>
    public required string Version { get; init; }

    /// <summary>The architecture.</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>How texts become ids.</summary>
    public required TextSettings Text { get; init; }

    /// <summary>
    /// The class names, in the order of the outputs' columns; the one column of two is the second one's.
    /// </summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Measured metrics by name, for instance <c>test_accuracy</c>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>How weights are stored. A file of single precision has no entry for it.</summary>
    public Precision Precision { get; init; }

    /// <summary>The words the model knows.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>The metadata of a checkpoint's export.</summary>
    public static ModelMetadata Of(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new ModelMetadata
        {
            Version = typeof(ModelMetadata).Assembly.GetName().Version!.ToString(3),
            Model = checkpoint.Config.Model,
            Text = checkpoint.Config.Text,
            Labels = checkpoint.Config.Labels,
            Metrics = checkpoint.Config.Metrics,
            Vocabulary = checkpoint.Vocabulary,
        };
    }

    /// <summary>The entries to write, always in the same order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToProperties() =>
    [
        new(VersionKey, Version),
        new(ModelKey, JsonSerializer.Serialize(Model, Compact.ModelConfig)),
        new(TextKey, JsonSerializer.Serialize(Text, Compact.TextSettings)),
        new(LabelsKey, JsonSerializer.Serialize([.. Labels], Compact.StringArray)),
        new(MetricsKey, JsonSerializer.Serialize(
            Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).ToDictionary(),
            Compact.DictionaryStringDouble)),
        new(VocabularyKey, Vocabulary.ToText()),
        .. Precision == Precision.Float32
            ? []
            : new[] { KeyValuePair.Create(PrecisionKey, Precisions.NameOf(Precision)) },
    ];

    /// <summary>Reads the entries of a file.</summary>
    /// <exception cref="InvalidInputException">An entry is missing or damaged; the message names it.</exception>
    public static ModelMetadata FromProperties(IReadOnlyDictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return new ModelMetadata
        {
            Version = Require(properties, VersionKey),
            Model = Read(properties, ModelKey, json => Parse(json, CheckpointJson.Default.ModelConfig).Validated()),
            Text = Read(properties, TextKey, json => Parse(json, CheckpointJson.Default.TextSettings).Validated()),
            Labels = Read(properties, LabelsKey, ParseLabels),
            Metrics = Read(properties, MetricsKey, ParseMetrics),
            Vocabulary = Read(properties, VocabularyKey, Vocabulary.Parse),
            Precision = properties.ContainsKey(PrecisionKey)
                ? Read(properties, PrecisionKey, Precisions.Parse)
                : Precision.Float32,
        };
    }

    private static T Read<T>(IReadOnlyDictionary<string, string> properties, string key, Func<string, T> parse)
    {
        var value = Require(properties, key);
        try
        {
            return parse(value);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"The metadata entry '{key}' cannot be used: {e.Message}", e);
        }
    }

    private static string[] ParseLabels(string json)
    {
        var labels = Parse(json, CheckpointJson.Default.StringArray);
        LabelNames.Check(labels);
        return labels;
    }

    private static Dictionary<string, double> ParseMetrics(string json)
    {
        var metrics = Parse(json, Compact.DictionaryStringDouble);
        MetricValues.Check(metrics);
        return metrics;
    }

    private static T Parse<T>(string json, JsonTypeInfo<T> type)
        where T : class => CheckpointJson.Parse(json, type, "its text");

    private static string Require(IReadOnlyDictionary<string, string> properties, string key)
    {
        if (properties.TryGetValue(key, out var value))
        {
            return value;
        }

        var found = properties.Count == 0 ? "none" : string.Join(", ", properties.Keys);
        throw new InvalidInputException(
            $"The metadata has no entry '{key}' (found: {found}); a model of `onnx-sentiment export` was expected.");
    }
}
