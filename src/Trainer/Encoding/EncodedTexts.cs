using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>Labeled texts as the network sees them.</summary>
/// <param name="Ids">Token ids of each text, without padding.</param>
/// <param name="Targets">
/// What the network is to say of each text, a number for each of its outputs (<see cref="LabelScores.LogitCount"/>):
/// with two labels the probability of the second, with more that of each; 1 or 0 unless a teacher was unsure.
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

    /// <summary>The target of a text whose label is certain.</summary>
    /// <param name="label">The label's position.</param>
    /// <param name="labels">The number of labels.</param>
    internal static float[] CertainTarget(int label, int labels)
    {
        var target = new float[LabelScores.LogitCount(labels)];
        for (var output = 0; output < target.Length; output++)
        {
            target[output] = label == (target.Length == 1 ? 1 : output) ? 1 : 0;
        }

        return target;
    }
}
