using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OnnxSentiment.Core.Internals;
using OnnxSentiment.Core.Text;

namespace OnnxSentiment.Core.Checkpoints;

/// <summary>
/// The JSON forms of the project's records, with names in snake case. Unknown, missing, repeated and null keys are errors;
/// for an unknown key or value the message lists the known ones.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    Converters = [
        typeof(EnumNameConverter<CellKind>),
        typeof(EnumNameConverter<RnnNonlinearity>),
        typeof(EnumNameConverter<ReadoutKind>),
        typeof(EnumNameConverter<TokenizerKind>),
    ],
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
            throw new InvalidInputException($"{source} cannot be read: {e.Message}{Known(e, type)}", e);
        }
    }

    private static string Known(JsonException e, JsonTypeInfo type)
    {
        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return $" Known keys: {string.Join(", ", At(e.Path, type, stepsUp: 1).Properties.Select(p => p.Name))}.";
        }

        return At(e.Path, type, stepsUp: 0).Type is { IsEnum: true } choice
            ? $" Known values: {string.Join(", ", Enum.GetValuesAsUnderlyingType(choice).Cast<object>().Select(v => NameOf(choice, v)))}."
            : "";
    }

    // The path of an error is "$.model.unknown_key": walk down to the type that it, or the object around it, is read as.
    private static JsonTypeInfo At(string? path, JsonTypeInfo type, int stepsUp)
    {
        foreach (var step in (path ?? "$").Split('.').Skip(1).SkipLast(stepsUp))
        {
            var property = type.Properties.FirstOrDefault(p => p.Name == step);
            type = property is null ? type : Default.GetTypeInfo(property.PropertyType) ?? type;
        }

        return type;
    }

    private static string NameOf(Type choice, object value) =>
        JsonSerializer.Serialize(Enum.ToObject(choice, value), Default.GetTypeInfo(choice)!).Trim('"');
}
