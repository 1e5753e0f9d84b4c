using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>Whether a loaded model computes here what lies beside its file in <c>test_data_set_*</c>.</summary>
public static class StoredDataCheck
{
    /// <summary>
    /// Runs the model on all stored inputs and compares with the stored outputs, within the tolerances of its
    /// precision.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder of its file.</param>
    /// <returns>A report for each data set, named after its folder; none where nothing is stored.</returns>
    /// <exception cref="InvalidInputException">A data set is damaged, or it is no input of this model.</exception>
    public static IEnumerable<ComparisonReport> Run(SentimentModel model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return TestDataSet.Find(folder).Select(path => model.InputKind == InputKind.Text
            ? CompareTexts(model, path)
            : CompareIds(model, path));
    }

    private static ComparisonReport CompareTexts(SentimentModel model, string folder)
    {
        var dataSet = TextDataSet.Read(folder);
        var name = Path.GetFileName(folder);
        var encoder = new TextEncoder(model.Metadata.Text, model.Metadata.Vocabulary);
        var batch = TokenBatch.Pad([.. dataSet.Texts.Select(text => encoder.Encode(text))]);
        var comparer = new OutputComparer(
            "ONNX Runtime", "stored outputs", model.Metadata.Precision, model.ComputeMode);
        comparer.Add(new NamedBatch(name, batch), model.OutputsOf(model.Predict(dataSet.Texts)), dataSet.Expected);
        return comparer.ToReport() with { Inputs = name };
    }

    private static ComparisonReport CompareIds(SentimentModel model, string folder)
    {
        var dataSet = TokenDataSet.Read(folder);
        CheckIds(dataSet.Batch, model.Metadata.Vocabulary.Count, folder);
        var name = Path.GetFileName(folder);
        var report = OutputComparer.Compare(
            model.ToRunner(), dataSet.ToRunner(), [new NamedBatch(name, dataSet.Batch)],
            model.Metadata.Precision, model.ComputeMode);
        return report with { Inputs = name };
    }

    private static void CheckIds(TokenBatch batch, int vocabularySize, string folder)
    {
        var ids = batch.Ids.Span;
        if (ids.IndexOfAnyExceptInRange(0, vocabularySize - 1) is >= 0 and var outside)
        {
            throw new InvalidInputException(
                $"'{folder}' has the id {ids[outside]}, but the model's ids are 0 to {vocabularySize - 1}: " +
                "it belongs to another model. Export again into a folder of its own.");
        }
    }
}
