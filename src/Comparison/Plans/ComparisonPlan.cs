using System.Text.Json;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>What is to be compared, and where the results go. Immutable.</summary>
/// <param name="Recipe">The settings that all networks share; its seed chooses the validation slice of all.</param>
/// <param name="Variants">The networks, in the order of the report.</param>
/// <param name="Seeds">Every network is trained once with each.</param>
/// <param name="Folder">The results' folder.</param>
public sealed record ComparisonPlan(
    TrainingRecipe Recipe, IReadOnlyList<ModelVariant> Variants, IReadOnlyList<int> Seeds, string Folder)
{
    private const string PlanFile = "plan.json";

    // What tells one variant from another.
    private static readonly string[] Decided = ["cell", "bidirectional", "layers", "readout"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Makes a plan on top of the preset <c>keras-tutorial</c>.</summary>
    /// <param name="folder">The results' folder.</param>
    /// <param name="models">The names of some of <see cref="Architectures.All"/>; none for all.</param>
    /// <param name="seeds">How many seeds each network is trained with, from the recipe's on; 1 to 100.</param>
    /// <param name="epochs">Epochs of every training; null for the preset's.</param>
    /// <param name="assignments">Further settings, each as <c>name=value</c>.</param>
    /// <exception cref="InvalidInputException">A name or a value is not possible.</exception>
    public static ComparisonPlan Create(
        string folder, IReadOnlyList<string> models, int seeds, int? epochs, IReadOnlyList<string> assignments)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(assignments);
        Guard.InRange("--seeds", seeds, 1, 100);
        if (assignments.FirstOrDefault(assignment => Decided.Contains(assignment.Split('=')[0].Trim())) is { } decided)
        {
            throw new InvalidInputException(
                $"'{decided}' cannot be set: the compared networks differ in {string.Join(", ", Decided)}, " +
                "and the name of each decides them. Choose networks with --models.");
        }

        var recipe = PresetTable.Get(PresetTable.KerasTutorial)
            .With(epochs is null ? assignments : [.. assignments, $"epochs={epochs}"]);
        Guard.InRange("the setting 'seed'", recipe.Training.Seed, int.MinValue, int.MaxValue - (seeds - 1));
        return new ComparisonPlan(
            recipe, Architectures.Choose(models), [.. Enumerable.Range(recipe.Training.Seed, seeds)],
            Path.TrimEndingDirectorySeparator(folder));
    }

    /// <summary>The settings that all networks share, by name; what is a network's own is left out.</summary>
    internal IReadOnlyList<(string Name, string Value)> SharedSettings() =>
    [
        .. Recipe.Describe().Where(setting => !Decided.Contains(setting.Name))
            .Select(setting => (setting.Name, setting.Value)),
    ];

    /// <summary>The folder of one training and of what was measured on it.</summary>
    internal string RunFolder(ModelVariant variant, int seed) =>
        Path.Combine(Folder, "models", variant.Name, $"seed-{seed}");

    /// <summary>Creates the folder, or checks that what it holds is the beginning of this comparison.</summary>
    /// <param name="dataHash">The hash of the data.</param>
    /// <param name="resume">Whether an older comparison is continued.</param>
    /// <exception cref="InvalidInputException">
    /// The folder holds something else, or a comparison that is not to be continued.
    /// </exception>
    public void Open(string dataHash, bool resume)
    {
        var path = Path.Combine(Folder, PlanFile);
        if (!File.Exists(path))
        {
            AtomicFolder.CheckReplaceable(Folder, _ => false);
            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, Text(dataHash), Indented));
            return;
        }

        if (!resume)
        {
            throw new InvalidInputException(
                $"'{Folder}' holds a comparison: " +
                "repeat the command with --resume to continue it, or choose another folder.");
        }

        CheckSame(path, Text(dataHash));
    }

    private static void CheckSame(string path, Dictionary<string, string> now)
    {
        var before = Read(path);
        var changes = now.Keys.Union(before.Keys)
            .Select(key => (Key: key, Was: before.GetValueOrDefault(key), Is: now.GetValueOrDefault(key)))
            .Where(setting => setting.Was != setting.Is)
            .Select(setting => $"{setting.Key} was {setting.Was} and is {setting.Is}")
            .ToList();
        if (changes.Count > 0)
        {
            throw new InvalidInputException(
                $"'{path}' belongs to another comparison ({string.Join(", ", changes)}): " +
                "repeat its command, or choose another folder.");
        }
    }

    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"'{path}' is damaged: choose another folder.", e);
        }
    }

    private Dictionary<string, string> Text(string dataHash) =>
        SharedSettings().Append((Name: "data_sha256", Value: dataHash))
            .ToDictionary(setting => setting.Name, setting => setting.Value);
}
