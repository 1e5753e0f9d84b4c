using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>The recipes by name.</summary>
public static class PresetTable
{
    /// <summary>The tutorial's network; see its file for every value.</summary>
    public const string KerasTutorial = "keras-tutorial";

    /// <summary>The network that aims at accuracy on film reviews.</summary>
    public const string Imdb = "imdb";

    /// <summary>The small network of the quickstart.</summary>
    public const string Quickstart = "quickstart";

    private static readonly Dictionary<string, Preset> Presets = new(StringComparer.Ordinal)
    {
        [KerasTutorial] = new(
            "for thousands of longer texts, as film reviews",
            () => OnnxSentiment.Trainer.KerasTutorial.Recipe),
        [Imdb] = new(
            "aims at accuracy on film reviews, in a longer training; with --unlabelled from texts without labels too",
            () => OnnxSentiment.Trainer.Imdb.Recipe),
        [Quickstart] = new(
            "small and fast, for short texts and for trying things out",
            () => OnnxSentiment.Trainer.Quickstart.Recipe),
    };

    /// <summary>The known names.</summary>
    public static IReadOnlyCollection<string> Names => Presets.Keys;

    /// <summary>The recipe of a name.</summary>
    /// <exception cref="InvalidInputException">No such preset; the message lists the known ones.</exception>
    public static TrainingRecipe Get(string name) => Find(name).Recipe();

    /// <summary>What a preset is for, in a few words.</summary>
    /// <exception cref="InvalidInputException">No such preset; the message lists the known ones.</exception>
    public static string PurposeOf(string name) => Find(name).Purpose;

    private static Preset Find(string name) =>
        Presets.TryGetValue(name, out var preset)
            ? preset
            : throw new InvalidInputException($"There is no preset '{name}'; known ones: {string.Join(", ", Names)}.");

    private sealed record Preset(string Purpose, Func<TrainingRecipe> Recipe);
}
