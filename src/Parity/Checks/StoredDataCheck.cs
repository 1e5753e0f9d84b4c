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
        return TestDataSet.Find(folder).Select(
            path => (model.InputKind == InputKind.Text ? CompareTexts(model, path) : CompareIds(model, path))
                with
            { Inputs = Path.GetFileName(path) });
    }

    private static ComparisonReport CompareTexts(SentimentModel model, string folder)
    {
        var dataSet = TextDataSet.Read(folder);
        var encoder = new TextEncoder(model.Metadata.Text, model.Metadata.Vocabulary);
        return new TextComparison(model, encoder, model.Labels)
            .Run(dataSet.ToRunner(), [new NamedTexts(Path.GetFileName(folder), dataSet.Texts)]);
    }

    private static ComparisonReport CompareIds(SentimentModel model, string folder)
    {
        var dataSet = TokenDataSet.Read(folder);
        CheckIds(dataSet.Batch, model.Metadata.Vocabulary.Count, folder);
        return OutputComparer.Compare(
            model.ToRunner(), dataSet.ToRunner(), [new NamedBatch(Path.GetFileName(folder), dataSet.Batch)],
            model.Metadata.Precision, model.ComputeMode);
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
