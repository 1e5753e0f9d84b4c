using System.Text.Json.Serialization;

namespace OnnxSentiment.Trainer;

/// <summary>The JSON form of a recipe, in the style of the checkpoint's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TrainingRecipe))]
[JsonSerializable(typeof(TrainingSettings))]
[JsonSerializable(typeof(VectorSettings))]
[JsonSerializable(typeof(TeacherSettings))]
internal sealed partial class RecipeJson : JsonSerializerContext;
