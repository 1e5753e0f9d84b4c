using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Server;

/// <summary>The bodies of <c>POST /sentiment</c>.</summary>
[JsonSerializable(typeof(SentimentRequestBody))]
[JsonSerializable(typeof(SentimentBody))]
[JsonSerializable(typeof(SentimentListBody))]
internal sealed partial class SentimentJson : JsonSerializerContext
{
    /// <summary>With the options of all bodies.</summary>
    public static SentimentJson Bodies { get; } = new(BodyJson.Configure(new JsonSerializerOptions()));
}
