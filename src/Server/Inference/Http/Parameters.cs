using System.Text.Json;

namespace OnnxSentiment.Server.Inference.Http;

/// <summary>Reads the parameters that the server knows from those that a client sends.</summary>
internal static class Parameters
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Triton's <c>timeout</c>: microseconds, 0 for none.</summary>
    public static TimeSpan? Timeout(IReadOnlyDictionary<string, JsonElement>? parameters) =>
        Integer(parameters, "timeout", long.MaxValue / TimeSpan.TicksPerMicrosecond) is > 0 and { } microseconds
            ? Bounded(TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond))
            : null;

    /// <summary>A whole number of 0 or more; 0 where it is missing.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public static long Integer(IReadOnlyDictionary<string, JsonElement>? parameters, string name, long maximum)
    {
        if (parameters?.TryGetValue(name, out var value) != true)
        {
            return 0;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 && number <= maximum
            ? number
            : throw new RequestException(ErrorReason.Invalid, $"parameter '{name}' has to be a whole number from 0 to {maximum}");
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
            : throw new RequestException(ErrorReason.Invalid, $"parameter '{name}' has to be true or false");
    }

    /// <summary>As timers take it: not less than a millisecond, and at most a day, which no server's deadline reaches.</summary>
    internal static TimeSpan Bounded(TimeSpan timeout) =>
        timeout < Shortest ? Shortest : timeout > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : timeout;
}
