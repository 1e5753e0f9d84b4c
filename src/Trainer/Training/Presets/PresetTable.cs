using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Training.Presets;

/// <summary>The recipes by name.</summary>
public static class PresetTable
{
    /// <summary>The tutorial's network; see its file for every value.</summary>
    public const string KerasTutorial = "keras-tutorial";

    /// <summary>The most accurate network for film reviews.</summary>
    public const string Imdb = "imdb";

    /// <summary>The small network of the quickstart.</summary>
    public const string Quickstart = "quickstart";

    private static readonly Dictionary<string, Func<TrainingRecipe>> Recipes = new(StringComparer.Ordinal)
    {
        [KerasTutorial] = () => Presets.KerasTutorial.Recipe,
        [Imdb] = () => Presets.Imdb.Recipe,
        [Quickstart] = () => Presets.Quickstart.Recipe,
    };

    /// <summary>The known names.</summary>
    public static IReadOnlyCollection<string> Names => Recipes.Keys;

    /// <summary>The recipe of a name.</summary>
    /// <exception cref="InvalidInputException">No such preset; the message lists the known ones.</exception>
    public static TrainingRecipe Get(string name) =>
        Recipes.TryGetValue(name, out var recipe)
            ? recipe()
            : throw new InvalidInputException($"There is no preset '{name}'; known ones: {string.Join(", ", Names)}.");
}
