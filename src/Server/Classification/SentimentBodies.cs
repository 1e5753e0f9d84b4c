namespace OnnxSentiment.Server;

/// <summary>The body of <c>POST /sentiment</c>: one text or several.</summary>
/// <param name="Text">One text.</param>
/// <param name="Texts">Several, instead.</param>
/// <param name="Explain">Whether each token's weight is wanted, which costs as much as hundreds of texts.</param>
/// <param name="Model">The model; may be left out where only one is served.</param>
internal sealed record SentimentRequestBody(string? Text, IReadOnlyList<string?>? Texts, bool Explain, string? Model);

/// <summary>What the model says about a text.</summary>
/// <param name="Label">The most probable label.</param>
/// <param name="Probability">Of two labels the second's, whichever won; of more, that of the label.</param>
/// <param name="Probabilities">Each label's.</param>
/// <param name="Tokens">The tokens that the model read, if an explanation was asked for.</param>
internal sealed record SentimentBody(
    string Label,
    float Probability,
    IReadOnlyDictionary<string, float> Probabilities,
    IReadOnlyList<TokenBody>? Tokens);

/// <summary>A token's weight in a prediction.</summary>
/// <param name="Start">Where it begins in the text, in UTF-16 units, as JavaScript counts.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="Weight">The log-odds that go when it goes: above 0 it speaks for the label of the probability.</param>
/// <param name="Known">Whether it is a word of the vocabulary.</param>
internal sealed record TokenBody(int Start, int Length, float Weight, bool Known);

/// <summary>The answer for several texts, in their order.</summary>
internal sealed record SentimentListBody(IReadOnlyList<SentimentBody> Results);
