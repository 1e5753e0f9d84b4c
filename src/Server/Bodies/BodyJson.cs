using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Server;

/// <summary>How bodies are read and written: the protocol's names, and nothing for what is not there.</summary>
internal static class BodyJson
{
    /// <summary>
    /// Makes options those of all bodies; quotes and letters of all languages stay as they are, which is safe outside
    /// HTML.
    /// </summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
