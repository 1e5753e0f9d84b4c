namespace OnnxSentiment.Architecture.Tests.Features;

/// <summary>
/// The rules between the folders of a project. A folder is a feature; a folder inside it is the feature's own inside.
/// Each rule returns a sentence for each violation.
/// </summary>
internal static class FolderRules
{
    private const int ShownUses = 3;

    /// <summary>No folder uses, through whichever others, a folder that uses it.</summary>
    public static IEnumerable<string> CheckCycles(IReadOnlyList<TypeUse> uses)
    {
        var reachable = Reachable(uses);
        var cycles = InCycles(reachable)
            .GroupBy(folder => string.Join(", ", Cycle(folder, reachable).Select(Shown)));
        foreach (var cycle in cycles)
        {
            var folders = cycle.ToHashSet();
            var places = uses.Where(use => folders.Contains(use.From) && folders.Contains(use.To))
                .GroupBy(use => (use.From, use.To))
                .OrderBy(arrow => arrow.Count())
                .Select(arrow => $"  {Shown(arrow.Key.From)} → {Shown(arrow.Key.To)}: {Places(arrow)}");
            yield return $"The folders {cycle.Key} use one another in a circle:\n{string.Join("\n", places)}";
        }
    }

    /// <summary>What lies in a folder inside a feature is used by that feature alone.</summary>
    public static IEnumerable<string> CheckInsides(IReadOnlyList<TypeUse> uses) =>
        from use in uses
        where Parent(use.To) is { Length: > 0 } feature && !IsWithin(use.From, feature)
        group use by (use.From, use.To) into arrow
        select $"{Shown(arrow.Key.From)} reaches into {arrow.Key.To}, "
            + $"which {Parent(arrow.Key.To)} keeps to itself: {Places(arrow)}";

    /// <summary>The number of folders that use themselves through others.</summary>
    public static int CountInCycles(IReadOnlyList<TypeUse> uses) => InCycles(Reachable(uses)).Count();

    private static Dictionary<string, HashSet<string>> Reachable(IReadOnlyList<TypeUse> uses)
    {
        var targets = uses.ToLookup(use => use.From, use => use.To);
        return uses.Select(use => use.From).Distinct().ToDictionary(folder => folder, folder => Reach(folder, targets));
    }

    private static IEnumerable<string> InCycles(Dictionary<string, HashSet<string>> reachable) =>
        reachable.Where(entry => entry.Value.Contains(entry.Key)).Select(entry => entry.Key);

    private static HashSet<string> Reach(string folder, ILookup<string, string> targets)
    {
        var (found, open) = (new HashSet<string>(), new Stack<string>([folder]));
        while (open.TryPop(out var next))
        {
            foreach (var target in targets[next].Where(found.Add))
            {
                open.Push(target);
            }
        }

        return found;
    }

    private static IEnumerable<string> Cycle(string folder, Dictionary<string, HashSet<string>> reachable) =>
        reachable[folder].Where(other => reachable.TryGetValue(other, out var back) && back.Contains(folder))
            .Order(StringComparer.Ordinal);

    private static string Parent(string folder) => folder.Contains('/') ? folder[..folder.LastIndexOf('/')] : "";

    private static bool IsWithin(string folder, string feature) =>
        folder == feature || folder.StartsWith(feature + "/", StringComparison.Ordinal);

    private static string Shown(string folder) => folder.Length == 0 ? "(root)" : folder;

    private static string Places(IEnumerable<TypeUse> uses)
    {
        var places = uses.Select(use => $"{use.Place} uses {use.Type}").Distinct().ToList();
        var more = places.Count > ShownUses ? $" and {places.Count - ShownUses} more" : "";
        return string.Join("; ", places.Take(ShownUses)) + more;
    }
}
