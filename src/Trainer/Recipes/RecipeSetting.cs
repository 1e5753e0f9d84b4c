namespace OnnxSentiment.Trainer;

/// <summary>One setting of a recipe, for people.</summary>
/// <param name="Name">As <see cref="TrainingRecipe.With"/> takes it.</param>
/// <param name="Value">Its value in this recipe.</param>
/// <param name="Meaning">What it does, in a few words.</param>
/// <param name="Range">The values that it can have.</param>
public sealed record RecipeSetting(string Name, string Value, string Meaning, string Range);
