using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Server;

/// <summary>How bodies are read and written: the protocol's names, and nothing for what is not there.</summary>
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ServerBody))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(InferRequestBody))]
[JsonSerializable(typeof(InferResponseBody))]
[JsonSerializable(typeof(IReadOnlyList<IndexEntryBody>))]
[JsonSerializable(typeof(IndexRequestBody))]
[JsonSerializable(typeof(StatisticsBody))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(SentimentRequestBody))]
[JsonSerializable(typeof(SentimentBody))]
[JsonSerializable(typeof(SentimentListBody))]
internal sealed partial class ServerJson : JsonSerializerContext
{
    /// <summary>The types of all bodies, read and written by <see cref="Configure"/>'s options.</summary>
    public static ServerJson Bodies { get; } = new(Configure(new JsonSerializerOptions()));

    /// <summary>Makes options those of all bodies; quotes and letters of all languages stay as they are, which is safe outside HTML.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolverChain.Insert(0, new ServerJson());
        return options;
    }
}
