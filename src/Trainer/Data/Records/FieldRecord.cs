using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>A record of any file format, with the place that messages name.</summary>
/// <param name="Place">The file and the line on which the record begins.</param>
/// <param name="Fields">The fields in the file's order; names are compared without regard to case.</param>
internal sealed record FieldRecord(string Place, JsonObject Fields)
{
    /// <summary>Names are found whatever their case.</summary>
    public static readonly JsonNodeOptions NodeOptions = new() { PropertyNameCaseInsensitive = true };

    /// <summary>A field that has to be a string.</summary>
    /// <exception cref="InvalidInputException">The field is missing or something else.</exception>
    public string Text(string field) =>
        Require(field) is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? ReadString(value, field)
            : throw new InvalidInputException(
                $"{Place}: '{field}' is {Shorten(Fields[field])}, but a string was expected.");

    /// <summary>
    /// A field that names a class: a string, a number or a truth value, without white space around it.
    /// </summary>
    /// <exception cref="InvalidInputException">The field is missing, empty or something else.</exception>
    public string Label(string field)
    {
        var label = Require(field) is JsonValue value ? ReadString(value, field).Trim() : "";
        return label.Length > 0
            ? label
            : throw new InvalidInputException(
                $"{Place}: '{field}' is {Shorten(Fields[field])}, but the name of a class was expected.");
    }

    // JSON can spell half a surrogate pair, which is no character.
    private string ReadString(JsonValue value, string field)
    {
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidInputException(
                $"{Place}: '{field}' is no valid Unicode: a surrogate stands without its partner.", e);
        }
    }

    private JsonNode? Require(string field) =>
        Fields.TryGetPropertyValue(field, out var value)
            ? value
            : throw new InvalidInputException(
                $"{Place}: there is no '{field}' (found: " +
                $"{(Fields.Count == 0 ? "nothing" : string.Join(", ", Fields.Select(f => f.Key)))}): rename the " +
                $"field or name the one to use.");

    private static string Shorten(JsonNode? value)
    {
        var json = value?.ToJsonString() ?? "null";
        return json.Length <= 40 ? json : json[..40] + "…";
    }
}
