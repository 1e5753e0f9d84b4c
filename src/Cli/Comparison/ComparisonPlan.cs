using System.Text.Json;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>What is to be compared, and where the results go.</summary>
/// <param name="Recipe">The settings that all networks share; its seed chooses the validation slice of all.</param>
/// <param name="Contestants">The networks.</param>
/// <param name="Seeds">Every network is trained once with each.</param>
/// <param name="Folder">The results' folder.</param>
internal sealed record ComparisonPlan(
    TrainingRecipe Recipe, IReadOnlyList<Contestant> Contestants, IReadOnlyList<int> Seeds, string Folder)
{
    private const string PlanFile = "plan.json";

    // What makes a network of the cast that network.
    private static readonly string[] Decided = ["cell", "bidirectional", "layers", "readout"];

    /// <summary>A plan from what the user asked for, on top of the preset keras-tutorial.</summary>
    /// <exception cref="InvalidInputException">A name or a value is not possible.</exception>
    internal static ComparisonPlan Create(string folder, IReadOnlyList<string> models, int seeds, int? epochs, IReadOnlyList<string> assignments)
    {
        Guard.InRange("--seeds", seeds, 1, 100);
        if (assignments.FirstOrDefault(assignment => Decided.Contains(assignment.Split('=')[0].Trim())) is { } decided)
        {
            throw new InvalidInputException(
                $"'{decided}' cannot be set: the compared networks differ in {string.Join(", ", Decided)}, and the name of each decides them. Choose networks with --models.");
        }

        var recipe = PresetTable.Get(PresetTable.KerasTutorial).With(epochs is null ? assignments : [.. assignments, $"epochs={epochs}"]);
        return new ComparisonPlan(
            recipe, Cast.Choose(models), [.. Enumerable.Range(recipe.Training.Seed, seeds)], Path.TrimEndingDirectorySeparator(folder));
    }

    /// <summary>The settings that all networks share, by name; what is a network's own is left out.</summary>
    internal IReadOnlyList<(string Name, string Value)> SharedSettings() =>
        [.. Recipe.Describe().Where(setting => !Decided.Contains(setting.Name)).Select(setting => (setting.Name, setting.Value))];

    /// <summary>The folder of one training and of what was measured on it.</summary>
    internal string RunFolder(Contestant contestant, int seed) =>
        Path.Combine(Folder, "models", contestant.Name, $"seed-{seed}");

    /// <summary>Makes the folder, or makes sure that what it holds is the beginning of this comparison.</summary>
    /// <param name="dataHash">The hash of the data.</param>
    /// <param name="resume">Whether the user wants an older one continued.</param>
    /// <exception cref="InvalidInputException">The folder holds something else, or a comparison that is not to be continued.</exception>
    internal void Open(string dataHash, bool resume)
    {
        var path = Path.Combine(Folder, PlanFile);
        if (!File.Exists(path))
        {
            AtomicFolder.CheckReplaceable(Folder, _ => false);
            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, Text(dataHash), ComparisonJson.Default.DictionaryStringString));
            return;
        }

        if (!resume)
        {
            throw new InvalidInputException(
                $"'{Folder}' holds a comparison: repeat the command with --resume to continue it, or choose another folder.");
        }

        CheckSame(path, Text(dataHash));
    }

    private static void CheckSame(string path, Dictionary<string, string> now)
    {
        var before = Read(path);
        var other = now.Keys.Union(before.Keys).Where(key => now.GetValueOrDefault(key) != before.GetValueOrDefault(key)).ToList();
        if (other.Count > 0)
        {
            var changes = other.Select(key => $"{key} was {before.GetValueOrDefault(key)} and is {now.GetValueOrDefault(key)}");
            throw new InvalidInputException(
                $"'{path}' belongs to another comparison ({string.Join(", ", changes)}): repeat its command, or choose another folder.");
        }
    }

    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ComparisonJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"'{path}' is damaged: choose another folder.", e);
        }
    }

    private Dictionary<string, string> Text(string dataHash) =>
        SharedSettings().Append(("data_sha256", dataHash)).ToDictionary(setting => setting.Item1, setting => setting.Item2);
}
