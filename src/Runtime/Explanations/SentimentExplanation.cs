namespace OnnxSentiment.Runtime;

/// <summary>A prediction, and what each token that the model read has to do with it.</summary>
/// <param name="Prediction">What the model says about the whole text.</param>
/// <param name="Tokens">
/// The tokens in the order of the text; of a long text, those that the model reads: the last.
/// </param>
public sealed record SentimentExplanation(SentimentPrediction Prediction, IReadOnlyList<TokenWeight> Tokens);

/// <summary>A token's weight in a prediction.</summary>
/// <param name="Start">Where the token begins in the text, in UTF-16 units.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="IsKnown">Whether it is a word of the vocabulary; all others are one and the same to the model.</param>
/// <param name="Weight">
/// The log-odds, in nats, that go when the token goes: above 0 it speaks for the label that
/// <see cref="SentimentPrediction.Probability"/> is of (the second of two, the predicted one of more), below 0 against
/// it.
/// </param>
public readonly record struct TokenWeight(int Start, int Length, bool IsKnown, float Weight);
