using System.Globalization;
using System.Text;

namespace OnnxSentiment.Parity.Tests;

/// <summary>The results as the section of docs/parity.md.</summary>
internal static class MutationTable
{
    internal static string Of(IReadOnlyList<MutationResult> results)
    {
        var text = new StringBuilder();
        text.Append("| | variants | refused to load or run | change an output | found by `verify` |");
        text.Append(" without its weights | found by `verification.json` | by stored test data alone |\n");
        text.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (var kind in Mutation.Kinds)
        {
            Append(text, kind, [.. results.Where(result => result.Mutation.Kind == kind)]);
        }

        Append(text, "all", results);
        AppendUnchanged(text, [.. results.Where(result => !result.Changes)]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, IReadOnlyList<MutationResult> all)
    {
        var changed = all.Where(result => result.Changes).ToList();
        int[] found =
        [
            changed.Count(result => result.FoundByVerify), changed.Count(result => result.FoundByValues),
            changed.Count(result => result.FoundBySum), changed.Count(result => result.FoundByStoredData),
        ];
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {name} | {all.Count:N0} | {all.Count(result => result.Refused):N0} | {changed.Count:N0} |");
        foreach (var count in found)
        {
            var share = (100.0 * count / Math.Max(changed.Count, 1)).ToString("0.0", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $" {count:N0} ({share} %) |");
        }

        text.Append('\n');
    }

    private static void AppendUnchanged(StringBuilder text, IReadOnlyList<MutationResult> unchanged)
    {
        var unseen = unchanged.Where(result => !result.FoundByVerify).ToList();
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nThe other {unchanged.Count:N0} variants change no output beyond the tolerance. `verify` finds ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{unchanged.Count - unseen.Count:N0} of them all the same, {unseen.Count:N0} it does not:\n\n");
        text.Append("| not found | variants | largest change of an output | why |\n|---|---|---|---|\n");
        foreach (var group in unseen.GroupBy(result => result.Mutation.Target).OrderBy(g => g.Key, Ordinal))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {group.Key} | {group.Count():N0} | {group.Max(result => result.LargestChange):0.0e+0} | "
                + $"{group.First().Excuse ?? "**no reason known**"} |\n");
        }
    }

    private static readonly StringComparer Ordinal = StringComparer.Ordinal;
}
