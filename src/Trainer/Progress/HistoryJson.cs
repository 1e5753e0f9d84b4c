using System.Text.Json.Serialization;

namespace OnnxSentiment.Trainer;

/// <summary>The JSON form of a history, in the style of the checkpoint's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TrainingHistory))]
internal sealed partial class HistoryJson : JsonSerializerContext;
