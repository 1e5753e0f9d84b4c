using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>The texts whose gradients are followed back, the same for every network.</summary>
/// <param name="Ids">Their ids, each at least as many as the steps.</param>
/// <param name="Targets">Their targets, one value for each row of the classifier.</param>
/// <param name="Steps">The states to look at.</param>
internal sealed record GradientSample(IReadOnlyList<long[]> Ids, IReadOnlyList<float[]> Targets, int Steps)
{
    private const int Texts = 64;

    /// <summary>
    /// Chooses 64 validation texts by a seed, among those that are long enough; fewer where there are fewer than 128.
    /// Long enough is the largest number of ids that so many texts have.
    /// </summary>
    internal static GradientSample Choose(EncodedTexts validation, int seed)
    {
        var count = Math.Clamp(validation.Count / 2, 1, Texts);
        var steps = validation.Ids.Select(ids => ids.Length).OrderDescending().ElementAt(count - 1);
        var longEnough = Enumerable.Range(0, validation.Count)
            .Where(text => validation.Ids[text].Length >= steps).ToArray();
        new Random(seed).Shuffle(longEnough);
        var chosen = longEnough[..count];
        return new GradientSample(
            [.. chosen.Select(text => validation.Ids[text])],
            [.. chosen.Select(text => validation.Targets[text])], steps);
    }
}
