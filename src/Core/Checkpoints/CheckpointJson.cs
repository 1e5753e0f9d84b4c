using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OnnxSentiment.Core.Text;

namespace OnnxSentiment.Core.Checkpoints;

/// <summary>
/// The JSON forms of the project's records, with names in snake case. Unknown and missing keys are errors that list the
/// known ones.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(CheckpointConfig))]
[JsonSerializable(typeof(ModelConfig))]
[JsonSerializable(typeof(TextSettings))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, double>))]
public sealed partial class CheckpointJson : JsonSerializerContext
{
    /// <summary>Reads a record and says where and why the text is no such record.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="type">Which record, for instance <c>CheckpointJson.Default.ModelConfig</c>.</param>
    /// <param name="source">What the text is, for the message: a file's path or a metadata key.</param>
    /// <exception cref="InvalidInputException">The text is not JSON, or has an unknown, missing or unusable key.</exception>
    public static T Parse<T>(string json, JsonTypeInfo<T> type, string source)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw new InvalidInputException($"{source} holds null, but a JSON object was expected.");
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"{source} cannot be read: {e.Message}{KnownKeys(e, type)}", e);
        }
    }

    private static string KnownKeys(JsonException e, JsonTypeInfo type) =>
        e.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? $" Known keys: {string.Join(", ", KeysAt(e.Path, type))}."
            : "";

    // The path of the error is "$.model.unknown_key" or "$.unknown_key": walk down to the object that holds the key.
    private static IEnumerable<string> KeysAt(string? path, JsonTypeInfo type)
    {
        foreach (var step in (path ?? "$").Split('.').Skip(1).SkipLast(1))
        {
            var property = type.Properties.FirstOrDefault(p => p.Name == step);
            type = property is null ? type : Default.GetTypeInfo(property.PropertyType) ?? type;
        }

        return type.Properties.Select(p => p.Name);
    }
}
