using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OnnxSentiment.Server.Inference.Http;

/// <summary>Reads bodies. A message about one says where it goes wrong and quotes nothing of it.</summary>
internal static class JsonBody
{
    /// <summary>The whole body, which the server's limit bounds.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        // Grows with what comes, not with what the client announces.
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>Parses JSON of a known form.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string expected)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new RequestException(ErrorReason.Invalid, $"The body is null, but {expected} was expected.");
        }
        catch (JsonException e)
        {
            throw new RequestException(
                ErrorReason.Invalid,
                $"The body is not {expected}: it is no valid JSON, or of another form, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }
}
