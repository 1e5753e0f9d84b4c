using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Explains a prediction by predicting the text again without each of its tokens.</summary>
internal static class LeaveOneOut
{
    // Bounds the shortened texts in memory: 8 MB of ids, or 2 MB of UTF-16 units.
    private const int UnitsAtOnce = 1_000_000;

    /// <param name="engine">What predicts.</param>
    /// <param name="lists">Predicts lists with it.</param>
    /// <param name="text">Any UTF-16 units.</param>
    /// <param name="cancellation">Stops the computation at the graph's next node.</param>
    public static SentimentExplanation Explain(
        Engine engine, ListPredictor lists, string text, CancellationToken cancellation)
    {
        var ids = engine.Encoder.Encode(text);
        var places = engine.Encoder.Locate(text);
        var whole = Predict(lists, [engine.Prepare(text)], cancellation)[0];
        var subject = whole.Subject;
        var weights = new TokenWeight[places.Length];
        var step = Math.Max(1, UnitsAtOnce / Math.Max(ids.Length, text.Length));
        for (var start = 0; start < weights.Length; start += step)
        {
            var count = Math.Min(step, weights.Length - start);
            var predictions = Predict(lists, [.. Enumerable.Range(start, count).Select(Without)], cancellation);
            for (var i = 0; i < count; i++)
            {
                var (from, length) = places[start + i].GetOffsetAndLength(text.Length);
                var isKnown = ids[start + i + 1] != Vocabulary.UnknownId;
                weights[start + i] = new TokenWeight(
                    from, length, isKnown, whole.Logit - predictions[i].LogOddsOf(subject));
            }
        }

        return new SentimentExplanation(whole, weights);

        ModelInput Without(int token) => engine.InputKind == InputKind.Ids
            ? ModelInput.Of([.. ids[..(token + 1)], .. ids[(token + 2)..]])
            : ModelInput.Of(WithoutPlace(text, places, token));
    }

    // From the first token on that the model reads, so that no earlier one takes the free place; a space in the token's
    // own, so that its neighbors do not become one word.
    private static string WithoutPlace(string text, Range[] places, int token)
    {
        var start = places[0].Start.Value;
        var (place, length) = places[token].GetOffsetAndLength(text.Length);
        return string.Concat(text.AsSpan(start, place - start), " ", text.AsSpan(place + length));
    }

    private static SentimentPrediction[] Predict(
        ListPredictor lists, ModelInput[] inputs, CancellationToken cancellation)
    {
        var predictions = new SentimentPrediction[inputs.Length];
        lists.Predict(inputs, predictions, cancellation);
        return predictions;
    }
}
