using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli;

/// <summary>
/// As <see cref="ExportPipeline"/> for a graph that reads texts: they are compared from the text on, and the labels too.
/// </summary>
internal static class TextExport
{
    /// <summary>Writes a sound graph that reads texts, if it computes what the checkpoint does, and its data sets.</summary>
    /// <exception cref="CheckFailedException">ONNX Runtime computes something else; no file was written.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for; no file was written.</exception>
    internal static ComparisonReport Publish(
        ModelProto model, Checkpoint checkpoint, Runner reference, string path, CancellationToken cancellation)
    {
        var inputs = TextInputs.Create(ExportPipeline.ParitySeed, checkpoint.Config.Text, checkpoint.Vocabulary);
        var dataSets = TextDataSet.Create(reference, inputs, checkpoint);
        ComparisonReport? report = null;
        AtomicFile.WriteTo(path, temporary =>
        {
            File.WriteAllBytes(temporary, ModelFile.ToBytes(model));
            report = CompareValues(checkpoint, temporary, reference, inputs.Interruptible(cancellation));
            cancellation.ThrowIfCancellationRequested();
        });
        for (var i = 0; i < dataSets.Count; i++)
        {
            dataSets[i].Write(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, TestDataSet.FolderName(i)));
        }

        return report!;
    }

    /// <summary>
    /// Runs seeded texts through the file and compares logits and probabilities with what the reference evaluator makes of
    /// the ids that Core's encoder gives them, and each label with its probability.
    /// </summary>
    /// <exception cref="CheckFailedException">The file computes something else.</exception>
    private static ComparisonReport CompareValues(
        Checkpoint checkpoint, string file, Runner reference, IEnumerable<NamedTexts> inputs)
    {
        using var model = TextModel.Load(file);
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        var comparer = new OutputComparer("ONNX Runtime", reference.Name);
        foreach (var texts in inputs)
        {
            var batch = TokenBatch.Pad([.. texts.Texts.Select(text => encoder.Encode(text))]);
            var outputs = Score(model, texts.Texts);
            CheckLabels(model.Predict(texts.Texts), outputs, checkpoint.Config.Labels, texts.Name);
            comparer.Add(new NamedBatch(texts.Name, batch), outputs, reference.Run(batch));
        }

        var report = comparer.ToReport();
        return report.Passed
            ? report
            : throw new CheckFailedException($"No file was written: the exported graph does not compute what the checkpoint does.\n{report.ToText()}");
    }

    private static ModelOutputs Score(TextModel model, IReadOnlyList<string> texts)
    {
        var count = texts.Count * model.Outputs;
        var (logits, probabilities) = (new float[count], new float[count]);
        model.Score(texts, logits, probabilities);
        return new ModelOutputs(Runners.ToDouble(logits), Runners.ToDouble(probabilities), model.Outputs);
    }

    private static void CheckLabels(
        IReadOnlyList<SentimentPrediction> predictions, ModelOutputs outputs, IReadOnlyList<string> labels, string batch)
    {
        for (var i = 0; i < predictions.Count; i++)
        {
            var expected = labels[LabelScores.ArgMax(outputs.ProbabilitiesOf(i))];
            if (predictions[i].Label != expected)
            {
                throw new CheckFailedException(
                    $"No file was written: in batch '{batch}' the graph calls text {i} '{predictions[i].Label}' with a probability of {predictions[i].Probability}, but '{expected}' was expected.");
            }
        }
    }
}
