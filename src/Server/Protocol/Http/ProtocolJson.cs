using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Server;

/// <summary>The protocol's bodies.</summary>
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
internal sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>With the options of all bodies.</summary>
    public static ProtocolJson Bodies { get; } = new(BodyJson.Configure(new JsonSerializerOptions()));
}
