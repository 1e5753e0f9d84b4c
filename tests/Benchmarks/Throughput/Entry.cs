namespace OnnxSentiment.Benchmarks;

/// <summary>A line of the comparison.</summary>
/// <param name="Name">What computes, and how it is called.</param>
/// <param name="Create">Prepares it; throws <see cref="NotHereException"/> where its tool is missing.</param>
/// <param name="SameWeights">
/// The largest difference of a probability from ours that is still the same computation; null for another model.
/// </param>
internal sealed record Entry(string Name, Func<IContestant> Create, float? SameWeights = Entry.Float32)
{
    // Four times what float32 computations of these texts differ by, whichever way they round.
    public const float Float32 = 1e-4f;

    // What docs/precisions.md allows weights of 8 bits, and a batch that is quantized together.
    public const float Int8 = 0.05f;
}
