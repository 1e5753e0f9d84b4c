namespace OnnxSentiment.Parity;

/// <summary>How inputs are made.</summary>
/// <param name="Seed">Starts the random numbers.</param>
/// <param name="Rules">What the caller knows better.</param>
/// <param name="Sizes">Sizes of named dimensions.</param>
internal sealed record SamplingOptions(
    int Seed, IReadOnlyList<InputRule> Rules, IReadOnlyDictionary<string, long> Sizes);
