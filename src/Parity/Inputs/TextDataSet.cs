using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// A <see cref="TestDataSet"/> of a classifier that reads texts: the input <c>text</c>, the outputs <c>label</c>,
/// <c>logit</c> and <c>probability</c>.
/// Texts are well-formed Unicode without NUL, because not every tool can hand over others. Immutable.
/// </summary>
/// <param name="Texts">The texts.</param>
/// <param name="Labels">The label that the model has to return for each.</param>
/// <param name="Expected">The other outputs, rounded to single precision.</param>
public sealed record TextDataSet(IReadOnlyList<string> Texts, IReadOnlyList<string> Labels, ModelOutputs Expected)
{
    /// <summary>Two data sets: the first of ordinary texts, the second of hostile and empty ones.</summary>
    /// <param name="expected">Computes the outputs from ids, usually the reference evaluator.</param>
    /// <param name="inputs">All texts of <see cref="TextInputs.Create"/>.</param>
    /// <param name="checkpoint">Says how texts become ids and what the labels are.</param>
    public static IReadOnlyList<TextDataSet> Create(
        Runner expected, IReadOnlyList<NamedTexts> inputs, Checkpoint checkpoint)
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
            var labels = Enumerable.Range(0, texts.Length)
                .Select(row => LabelScores.ArgMax(outputs.ProbabilitiesOf(row)));
            return new(texts, [.. labels.Select(label => checkpoint.Config.Labels[label])], outputs.Rounded());
        }
    }

    /// <summary>
    /// The stored outputs as a runner, which returns them whatever it is given, under the name <c>stored outputs</c>.
    /// </summary>
    public Runner ToRunner() => new("stored outputs", (TokenBatch _) => Expected);

    /// <summary>Writes the folder, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">The folder exists and holds something else.</exception>
    public void Write(string folder) => ToTensors().Write(folder);

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidInputException">
    /// A file is missing or damaged, or the files do not fit together.
    /// </exception>
    public static TextDataSet Read(string folder)
    {
        var dataSet = new DataSetFolder(folder);
        var texts = dataSet.Input<string>(0, GraphNames.Text);
        if (texts.Shape is not [> 0])
        {
            throw texts.Misshapen("[batch]");
        }

        var labels = dataSet.Output<string>(0, GraphNames.Label);
        return labels.Values.Length == texts.Values.Length
            ? new(texts.Values, labels.Values, dataSet.Outputs(logits: 1, probabilities: 2, texts.Values.Length))
            : throw labels.Misshapen($"[{texts.Values.Length}], a label for each text,");
    }

    internal TestDataSet ToTensors() => new TestDataSet(
        [new(GraphNames.Text, [Texts.Count], Texts.ToArray())],
        [new(GraphNames.Label, [Labels.Count], Labels.ToArray()), .. DataSetOutputs.ToTensors(Expected)]);

    private static string WellFormed(string text) =>
        string.Concat(text.EnumerateRunes()).Replace("\0", "", StringComparison.Ordinal);
}
