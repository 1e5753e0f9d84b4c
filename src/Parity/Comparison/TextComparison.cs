using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Compares a model that reads texts with a computation that reads ids, which gets those of Core's encoder; and each
/// label that the graph names with its probabilities.
/// </summary>
internal sealed class TextComparison(SentimentModel model, TextEncoder encoder, IReadOnlyList<string> labels)
{
    /// <exception cref="OperationCanceledException">The cancellation was asked for, between two batches.</exception>
    internal ComparisonReport Run(
        Runner expected, IEnumerable<NamedTexts> inputs, CancellationToken cancellation = default)
    {
        var comparer = new OutputComparer(
            SentimentModelExtensions.RunnerName, expected.Name, model.Metadata.Precision, model.ComputeMode);
        foreach (var texts in inputs)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = TokenBatch.Pad([.. texts.Texts.Select(text => encoder.Encode(text))]);
            var predictions = model.Predict(texts.Texts);
            var outputs = model.OutputsOf(predictions);
            CheckLabels(predictions, outputs, texts.Name, comparer);
            comparer.Add(new NamedBatch(texts.Name, batch), outputs, expected.Run(batch));
        }

        return comparer.ToReport();
    }

    private void CheckLabels(
        IReadOnlyList<SentimentPrediction> predictions, ModelOutputs outputs, string batch, OutputComparer comparer)
    {
        for (var i = 0; i < predictions.Count; i++)
        {
            var expected = labels[LabelScores.ArgMax(outputs.ProbabilitiesOf(i))];
            if (predictions[i].Label != expected)
            {
                comparer.Fail(string.Create(
                    CultureInfo.InvariantCulture,
                    $"batch '{batch}', row {i}: the graph names '{predictions[i].Label}' " +
                    $"with a probability of {predictions[i].Probability}, but '{expected}' was expected."));
            }
        }
    }
}
