using System.Text.Json;

namespace OnnxSentiment.Server;

/// <summary>Reads the parameters that the server knows from those that a client sends.</summary>
internal static class Parameters
{
    /// <summary>Triton's <c>timeout</c>: microseconds, 0 for none.</summary>
    public static TimeSpan? Timeout(IReadOnlyDictionary<string, JsonElement>? parameters) =>
        Deadline.OfMicroseconds(Integer(parameters, "timeout", Deadline.LongestMicroseconds));

    /// <summary>A whole number of 0 or more; 0 where it is missing.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public static long Integer(IReadOnlyDictionary<string, JsonElement>? parameters, string name, long maximum)
    {
        if (parameters?.TryGetValue(name, out var value) != true)
        {
            return 0;
        }

        return value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number)
            && number >= 0
            && number <= maximum
            ? number
            : throw RequestException.Invalid($"parameter '{name}' has to be a whole number from 0 to {maximum}");
    }

    /// <summary>Yes or no; null where it is missing.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public static bool? Flag(IReadOnlyDictionary<string, JsonElement>? parameters, string name)
    {
        if (parameters?.TryGetValue(name, out var value) != true)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw RequestException.Invalid($"parameter '{name}' has to be true or false");
    }
}
