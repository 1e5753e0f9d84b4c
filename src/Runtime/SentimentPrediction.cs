namespace OnnxSentiment.Runtime;

/// <summary>What a model says about one text.</summary>
/// <param name="Label">
/// The model's second label (in the usual files <c>positive</c>) where <paramref name="Probability"/> is at least 0.5,
/// else its first.
/// </param>
/// <param name="Probability">The probability of the second label, 0 to 1: the file's output <c>probability</c>.</param>
/// <param name="Logit">The log-odds of the second label, in nats: the file's output <c>logit</c>.</param>
public readonly record struct SentimentPrediction(string Label, float Probability, float Logit);
