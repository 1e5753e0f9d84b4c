namespace OnnxSentiment.Trainer.Training;

/// <summary>Labelled texts as the network sees them.</summary>
/// <param name="Ids">Token ids of each text, without padding.</param>
/// <param name="Targets">
/// For each text what the classifier's outputs should say: with two labels the probability of the second one, 1 or 0 unless
/// a teacher was unsure.
/// </param>
public sealed record EncodedTexts(IReadOnlyList<long[]> Ids, IReadOnlyList<float[]> Targets)
{
    /// <summary>The number of texts.</summary>
    public int Count => Ids.Count;

    /// <summary>Where each text comes from, for messages; empty where that is not known.</summary>
    public IReadOnlyList<string?> Places { get; init; } = [];

    /// <summary>What to call a text in a message: its place or, where that is not known, its number, from 1.</summary>
    internal string NameOf(int text) => Places.ElementAtOrDefault(text) ?? $"text {text + 1}";

    /// <summary>Both texts together; the places of these come first, so that they stay right.</summary>
    internal EncodedTexts Concat(EncodedTexts other) =>
        new([.. Ids, .. other.Ids], [.. Targets, .. other.Targets]) { Places = Places };
}
