using System.Text.Json;

namespace OnnxSentiment.Server;

/// <summary>Reads the values of a tensor from JSON, flat or nested.</summary>
internal static class TensorJson
{
    /// <exception cref="RequestException">A value is not of the type.</exception>
    public static Array Read(string name, string datatype, JsonElement data) => datatype switch
    {
        ModelSignature.Int64 => Values(name, data, Integer),
        ModelSignature.Bytes => Values(name, data, Text),
        _ => Array.Empty<byte>(),
    };

    private static T[] Values<T>(string name, JsonElement data, Func<string, JsonElement, T> read)
    {
        var values = new List<T>();
        Add(data);
        return [.. values];

        // As deep as the parser allows, which is 64.
        void Add(JsonElement element)
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                values.Add(read(name, element));
                return;
            }

            foreach (var part in element.EnumerateArray())
            {
                Add(part);
            }
        }
    }

    private static long Integer(string name, JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value)
            ? value
            : throw RequestException.Invalid(
                $"'data' of input {ModelNames.Shown(name)} has to be whole numbers, as its data-type INT64 says");

    private static string Text(string name, JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String
                ? element.GetString()!
                : throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            // No string, or one with half of a surrogate pair.
            throw RequestException.Invalid(
                $"'data' of input {ModelNames.Shown(name)} has to be strings of valid Unicode, as its data-type BYTES "
                + "says");
        }
    }
}
