using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>One prediction as a line.</summary>
internal static class PredictionFormat
{
    private const int ShownCharacters = 70;
    private const string LabelKey = "label";
    private const string ProbabilityKey = "probability";
    private const string ProbabilitiesKey = "probabilities";

    // The output is read by programs and people, not embedded in a page: letters of all scripts stay letters.
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Label, probability (of the second of two labels, else of this one), and the beginning of the text.
    /// </summary>
    internal static string Row(string text, SentimentPrediction prediction) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{prediction.Label,-10} {prediction.Probability:0.000}  {Shorten(text)}");

    /// <summary>
    /// Label and probability, with more than two labels the probabilities of all, then the input's own fields. A
    /// field of the input that bears one of these names becomes <c>input_label</c> and so on.
    /// </summary>
    internal static string Json(TextRecord record, SentimentPrediction prediction, IReadOnlyList<string> labels)
    {
        var line = new JsonObject { [LabelKey] = prediction.Label, [ProbabilityKey] = prediction.Probability };
        if (labels.Count > 2)
        {
            line[ProbabilitiesKey] = new JsonObject(labels.Zip(
                prediction.Probabilities, (label, probability) => KeyValuePair.Create(label, (JsonNode?)probability)));
        }

        foreach (var (name, value) in record.Fields)
        {
            line[FreeName(line, name)] = value?.DeepClone();
        }

        return line.ToJsonString(OneLine);
    }

    private static string FreeName(JsonObject line, string name)
    {
        while (line.ContainsKey(name))
        {
            name = "input_" + name;
        }

        return name;
    }

    private static string Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ShownCharacters ? line : line[..(ShownCharacters - 1)] + "…";
    }
}
