using OnnxSentiment.Core;
using OnnxSentiment.Evaluation;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>A model's predictions of labeled texts in the form in which they are evaluated.</summary>
internal static class PredictionMapping
{
    /// <summary>Maps predictions.</summary>
    /// <param name="predictions">A prediction for each text.</param>
    /// <param name="texts">The texts, with labels that the model has.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="counter">
    /// Counts the tokens of whole texts, also of those that a model reads the end of; null for none.
    /// </param>
    internal static IReadOnlyList<LabeledPrediction> Of(
        IReadOnlyList<SentimentPrediction> predictions, IReadOnlyList<LabeledText> texts, IReadOnlyList<string> labels,
        Tokenizer? counter = null)
    {
        var positions = labels.Index().ToDictionary(label => label.Item, label => label.Index, StringComparer.Ordinal);
        return [.. predictions.Zip(texts, Map)];

        LabeledPrediction Map(SentimentPrediction prediction, LabeledText text) =>
            new(prediction.Probabilities, positions[text.Label])
            {
                LogOdds = [.. labels.Select((_, label) => prediction.LogOddsOf(label))],
                Id = text.Id,
                TokenCount = counter is null ? 0 : Count(counter, text.Text),
            };
    }

    private static int Count(Tokenizer tokenizer, string text)
    {
        var count = 0;
        foreach (var _ in tokenizer.TokensFromEnd(text))
        {
            count++;
        }

        return count;
    }
}
