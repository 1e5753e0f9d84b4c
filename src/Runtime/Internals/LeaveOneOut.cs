using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Explains a prediction by predicting the text again without each of its tokens.</summary>
internal static class LeaveOneOut
{
    // Bounds the shortened texts in memory: 8 MB of ids.
    private const int IdsAtOnce = 1_000_000;

    public static SentimentExplanation Explain(
        ListPredictor predictor, TextEncoder encoder, string text, CancellationToken cancellation)
    {
        var ids = encoder.Encode(text);
        var places = encoder.Locate(text);
        var whole = Predict(predictor, [ids], cancellation)[0];
        var subject = whole.Subject;
        var weights = new TokenWeight[places.Length];
        var step = Math.Max(1, IdsAtOnce / ids.Length);
        for (var start = 0; start < weights.Length; start += step)
        {
            var count = Math.Min(step, weights.Length - start);
            var shortened = Enumerable.Range(start + 1, count).Select(left => Without(ids, left)).ToArray();
            var predictions = Predict(predictor, shortened, cancellation);
            for (var i = 0; i < count; i++)
            {
                var (from, length) = places[start + i].GetOffsetAndLength(text.Length);
                var isKnown = ids[start + i + 1] != Vocabulary.UnknownId;
                weights[start + i] = new TokenWeight(from, length, isKnown, whole.Logit - predictions[i].LogOddsOf(subject));
            }
        }

        return new SentimentExplanation(whole, weights);
    }

    private static SentimentPrediction[] Predict(ListPredictor predictor, long[][] ids, CancellationToken cancellation)
    {
        var predictions = new SentimentPrediction[ids.Length];
        predictor.Predict(ids, predictions, cancellation);
        return predictions;
    }

    private static long[] Without(long[] ids, int position) => [.. ids[..position], .. ids[(position + 1)..]];
}
