namespace OnnxSentiment.Parity;

/// <summary>
/// What a computation of the model returns for a batch, row by row as in the graph's tensors: a row of <paramref name="Outputs"/>
/// numbers of each kind a text, in the order of the texts.
/// </summary>
/// <param name="Logits">The classifier's outputs, <c>[batch · outputs]</c>.</param>
/// <param name="Probabilities">The probability of the second of two labels, or those of all, <c>[batch · outputs]</c>.</param>
/// <param name="Outputs">Numbers of a row: 1 for two labels, else as many as labels.</param>
public sealed record ModelOutputs(double[] Logits, double[] Probabilities, int Outputs = 1)
{
    /// <summary>The probabilities of one text.</summary>
    /// <param name="row">The text's place in the batch, from 0.</param>
    public ReadOnlySpan<double> ProbabilitiesOf(int row) => Probabilities.AsSpan(row * Outputs, Outputs);

    /// <summary>The same, rounded to single precision.</summary>
    internal ModelOutputs Rounded() => this with { Logits = Round(Logits), Probabilities = Round(Probabilities) };

    private static double[] Round(double[] values) => Array.ConvertAll(values, value => (double)(float)value);
}
