namespace OnnxSentiment.Parity;

/// <summary>Outputs of two files that have to be the same.</summary>
/// <param name="Pairs">The names in the checked file and in the other one.</param>
/// <param name="Missing">Outputs of the other file that the checked one lacks.</param>
/// <param name="Extra">Outputs of the checked file that the other one lacks.</param>
internal sealed record OutputPairs(
    IReadOnlyList<(string Actual, string Expected)> Pairs, IReadOnlyList<string> Missing, IReadOnlyList<string> Extra)
{
    /// <summary>Matches by name, and what is left by position, if it is as many.</summary>
    internal static OutputPairs Match(IReadOnlyList<string> actual, IReadOnlyList<string> expected)
    {
        string[] missing = [.. expected.Except(actual)], extra = [.. actual.Except(expected)];
        var byPosition = missing.Length == extra.Length
            ? extra.Zip(missing).ToDictionary(pair => pair.First, pair => pair.Second)
            : [];
        var pairs = actual.Where(name => expected.Contains(name) || byPosition.ContainsKey(name))
            .Select(name => (name, byPosition.GetValueOrDefault(name, name)));
        return new([.. pairs], byPosition.Count > 0 ? [] : missing, byPosition.Count > 0 ? [] : extra);
    }
}
