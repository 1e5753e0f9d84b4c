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

    /// <summary>Both texts together.</summary>
    internal EncodedTexts Concat(EncodedTexts other) => new([.. Ids, .. other.Ids], [.. Targets, .. other.Targets]);
}
