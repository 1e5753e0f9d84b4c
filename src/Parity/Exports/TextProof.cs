using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// For a graph that reads texts: compared from the text on, with the ids that Core's encoder gives, and the labels too.
/// </summary>
internal sealed class TextProof(Checkpoint checkpoint) : FileProof
{
    private readonly Runner _reference = new ReferenceEvaluator(checkpoint).ToRunner();

    private readonly IReadOnlyList<NamedTexts> _inputs =
        TextInputs.Create(VerifiedExport.Seed, checkpoint.Config.Text, checkpoint.Vocabulary);

    /// <exception cref="CheckFailedException">A label is not that of the largest probability.</exception>
    internal override ComparisonReport Compare(string file, CancellationToken cancellation)
    {
        using var model = SentimentModel.Load(file, new SentimentModelOptions { Device = Device.Cpu });
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        var comparer = new OutputComparer("ONNX Runtime", _reference.Name);
        foreach (var texts in _inputs)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = TokenBatch.Pad([.. texts.Texts.Select(text => encoder.Encode(text))]);
            var predictions = model.Predict(texts.Texts);
            var outputs = model.OutputsOf(predictions);
            CheckLabels(predictions, outputs, texts.Name);
            comparer.Add(new NamedBatch(texts.Name, batch), outputs, _reference.Run(batch));
        }

        return comparer.ToReport();
    }

    internal override IEnumerable<TestDataSet> DataSets() =>
        TextDataSet.Create(_reference, _inputs, checkpoint).Select(dataSet => dataSet.ToTensors());

    private void CheckLabels(IReadOnlyList<SentimentPrediction> predictions, ModelOutputs outputs, string batch)
    {
        for (var i = 0; i < predictions.Count; i++)
        {
            var expected = checkpoint.Config.Labels[LabelScores.ArgMax(outputs.ProbabilitiesOf(i))];
            if (predictions[i].Label != expected)
            {
                throw new CheckFailedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"No file was written: in batch '{batch}' the graph calls text {i} '{predictions[i].Label}' " +
                    $"with a probability of {predictions[i].Probability}, but '{expected}' was expected."));
            }
        }
    }
}
