using System.Text.Json.Serialization;

namespace OnnxSentiment.Trainer;

/// <summary>The JSON forms of the trainer's records, in the style of the checkpoint's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TrainingRecipe))]
[JsonSerializable(typeof(TrainingSettings))]
[JsonSerializable(typeof(TrainingHistory))]
internal sealed partial class TrainerJson : JsonSerializerContext;
