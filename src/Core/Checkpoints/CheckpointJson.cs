using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OnnxSentiment.Core;

/// <summary>
/// The JSON forms of the project's records, with names in snake case. Unknown, missing, repeated and null keys are
/// errors; for an unknown key or value the message lists the known ones.
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
    /// <exception cref="InvalidInputException">
    /// The text is not JSON, or has an unknown, missing or unusable key.
    /// </exception>
    public static T Parse<T>(string json, JsonTypeInfo<T> type, string source)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Tokenizer.HasLoneSurrogate(json))
        {
            throw new InvalidInputException(
                $"{source} cannot be read: it has half a surrogate pair, which UTF-8 cannot carry.");
        }

        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw new InvalidInputException($"{source} holds null, but a JSON object was expected.");
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"{source} cannot be read: {e.Message}{Known(e, type)}", e);
        }
        catch (ArgumentException e)
        {
            // A JsonObject reports a repeated key in this way, not as a JsonException.
            throw new InvalidInputException($"{source} cannot be read: {e.Message}", e);
        }
    }

    private static string Known(JsonException e, JsonTypeInfo type)
    {
        var path = e.Path ?? "$";
        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return $" Known keys: {string.Join(", ", KeysOf(At(Parent(path), type)))}.";
        }

        return At(path, type).Type is { IsEnum: true } choice
            ? $" Known values: {string.Join(", ", NamesOf(choice))}."
            : "";
    }

    // The path of an error is "$.model.unknown_key", or "$.model['unknown.key']" where the key has other characters.
    private static string Parent(string path) =>
        path.EndsWith("']", StringComparison.Ordinal)
            ? path[..path.IndexOf("['", StringComparison.Ordinal)]
            : path[..Math.Max(1, path.LastIndexOf('.'))];

    private static JsonTypeInfo At(string path, JsonTypeInfo type)
    {
        foreach (var step in path.Split('.').Skip(1))
        {
            var property = type.Properties.FirstOrDefault(p => p.Name == step);
            type = property is null ? type : Default.GetTypeInfo(property.PropertyType) ?? type;
        }

        return type;
    }

    // Computed properties, which are in no file, have no getter here.
    private static IEnumerable<string> KeysOf(JsonTypeInfo type) =>
        type.Properties.Where(p => p.Get is not null).Select(p => p.Name);

    private static IEnumerable<string> NamesOf(Type choice) =>
        Enum.GetValuesAsUnderlyingType(choice).Cast<object>().Select(value => NameOf(choice, value));

    private static string NameOf(Type choice, object value) =>
        JsonSerializer.Serialize(Enum.ToObject(choice, value), Default.GetTypeInfo(choice)!).Trim('"');
}
