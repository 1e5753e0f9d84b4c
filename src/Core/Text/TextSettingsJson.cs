using System.Text.Json.Serialization;

namespace OnnxSentiment.Core;

/// <summary>The names of the text settings as users write them, for messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TextSettings))]
internal sealed partial class TextSettingsJson : JsonSerializerContext;
