using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>
/// What a computation of the model returns for a batch, row by row as in the graph's tensors: a row of
/// <paramref name="LogitCount"/> numbers of each kind a text, in the order of the texts.
/// </summary>
/// <param name="Logits">The classifier's outputs, <c>[batch · outputs]</c>.</param>
/// <param name="Probabilities">
/// The probability of the second of two labels, or those of all, <c>[batch · outputs]</c>.
/// </param>
/// <param name="LogitCount">Numbers of a row: 1 for two labels, else as many as labels.</param>
public sealed record ModelOutputs(double[] Logits, double[] Probabilities, int LogitCount = 1)
{
    /// <summary>
    /// The outputs of a computation that ends with logits in single precision, as a trained network's does.
    /// </summary>
    /// <param name="logits">The classifier's outputs, row by row.</param>
    /// <param name="texts">The number of rows; at least 1.</param>
    public static ModelOutputs OfLogits(IReadOnlyList<float> logits, int texts)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentOutOfRangeException.ThrowIfLessThan(texts, 1);
        double[] values = [.. logits];
        var (probabilities, outputs) = (new double[values.Length], values.Length / texts);
        for (var row = 0; row < values.Length; row += outputs)
        {
            LabelScores.ToProbabilities(values.AsSpan(row, outputs), probabilities.AsSpan(row, outputs));
        }

        return new(values, probabilities, outputs);
    }

    /// <summary>The probabilities of one text.</summary>
    /// <param name="row">The text's place in the batch, from 0.</param>
    public ReadOnlySpan<double> ProbabilitiesOf(int row) => Probabilities.AsSpan(row * LogitCount, LogitCount);

    /// <summary>What ONNX Runtime returned.</summary>
    internal static ModelOutputs Of(float[] logits, float[] probabilities, int outputs) => new(
        Array.ConvertAll(logits, value => (double)value), Array.ConvertAll(
            probabilities, value => (double)value), outputs);

    /// <summary>The same, rounded to single precision.</summary>
    internal ModelOutputs Rounded() => this with { Logits = Round(Logits), Probabilities = Round(Probabilities) };

    private static double[] Round(double[] values) => Array.ConvertAll(values, value => (double)(float)value);
}
