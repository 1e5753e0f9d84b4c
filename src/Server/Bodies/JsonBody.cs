using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OnnxSentiment.Server;

/// <summary>Reads bodies. A message about one says where it goes wrong and quotes nothing of it.</summary>
internal static class JsonBody
{
    /// <summary>For endpoints whose body is JSON whatever its header says, as Triton's are.</summary>
    public const string AnyContent = "*/*";

    /// <summary>The whole body, unpacked, which the server's limit bounds.</summary>
    /// <exception cref="RequestException">It is packed in a way that is not known here, or damaged.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        // What the pipeline has unpacked has no such header any more.
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw RequestException.MediaType(
                "The body's Content-Encoding is not known here: send it as gzip, deflate, br, or as it is.");
        }

        // Grows with what comes, not with what the client announces.
        using var buffer = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException) // the second is Brotli's
        {
            throw RequestException.Invalid("The body is not packed as its Content-Encoding says.");
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>Parses JSON of a known form.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string expected)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw RequestException.Invalid($"The body is null, but {expected} was expected.");
        }
        catch (JsonException e)
        {
            throw RequestException.Invalid(
                $"The body is not {expected}: it is no valid JSON, or of another form, "
                + $"at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }
}
