using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// As <see cref="TestDataSet"/>, for a model that reads texts: <c>input_0.pb</c> holds strings, <c>output_0.pb</c> the
/// labels, <c>output_1.pb</c> the logits and <c>output_2.pb</c> the probabilities, in the order of the graph's outputs.
/// Texts are well-formed Unicode without NUL, because not every tool can hand over others. Immutable.
/// </summary>
/// <param name="Texts">The texts.</param>
/// <param name="Labels">The label that the model has to return for each.</param>
/// <param name="Expected">The other outputs, rounded to single precision.</param>
public sealed record TextDataSet(IReadOnlyList<string> Texts, IReadOnlyList<string> Labels, ModelOutputs Expected)
{
    private const string InputFile = "input_0.pb";

    /// <summary>Two data sets: the first of ordinary texts, the second of hostile and empty ones.</summary>
    /// <param name="expected">Computes the outputs from ids, usually the reference evaluator.</param>
    /// <param name="inputs">All texts of <see cref="TextInputs.Create"/>.</param>
    /// <param name="checkpoint">Says how texts become ids and what the labels are.</param>
    public static IReadOnlyList<TextDataSet> Create(Runner expected, IReadOnlyList<NamedTexts> inputs, Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(checkpoint);
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        return [Of(TextInputs.OrdinaryTexts), Of(TextInputs.HostileTexts)];

        TextDataSet Of(string name)
        {
            string[] texts = [.. inputs.Single(candidate => candidate.Name == name).Texts.Select(WellFormed)];
            var outputs = expected.Run(TokenBatch.Pad([.. texts.Select(text => encoder.Encode(text))]));
            var labels = texts.Select((_, row) => checkpoint.Config.Labels[LabelScores.ArgMax(outputs.ProbabilitiesOf(row))]);
            return new(texts, [.. labels], outputs.Rounded());
        }
    }

    /// <summary>Writes the folder, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">The folder exists and holds something else.</exception>
    public void Write(string folder) => AtomicFolder.Write(folder, TestDataSet.IsReplaceable, temporary =>
    {
        TensorFile.Write(Tensors.Text(GraphNames.Text, [Texts.Count], Texts), Path.Combine(temporary, InputFile));
        TensorFile.Write(Tensors.Text(GraphNames.Label, [Labels.Count], Labels), Path.Combine(temporary, "output_0.pb"));
        TensorFile.WriteRows(GraphNames.Logit, Expected.Logits, Expected.Outputs, Path.Combine(temporary, "output_1.pb"));
        TensorFile.WriteRows(GraphNames.Probability, Expected.Probabilities, Expected.Outputs, Path.Combine(temporary, "output_2.pb"));
    });

    private static string WellFormed(string text) =>
        string.Concat(text.EnumerateRunes()).Replace("\0", "", StringComparison.Ordinal);
}
