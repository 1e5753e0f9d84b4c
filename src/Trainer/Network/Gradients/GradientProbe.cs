using OnnxSentiment.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OnnxSentiment.Trainer;

/// <summary>
/// How strongly a text's loss depends on what each of its steps hands to the next, counted back from the text's end.
/// </summary>
/// <param name="Hidden">
/// Element k: the mean over the texts of <c>‖∂L/∂h‖</c>, Euclidean, h being the state k steps before the text's last
/// one.
/// </param>
/// <param name="Cell">
/// The same for the LSTM's cell state c, its longer memory, with h held fixed as c is for <paramref name="Hidden"/>;
/// null for other cells. Element 0 is 0: nothing reads the last c.
/// </param>
public sealed record GradientNorms(IReadOnlyList<double> Hidden, IReadOnlyList<double>? Cell);

/// <summary>
/// Measures how gradients vanish on their way back through time (Bengio, Simard and Frasconi, 1994). The trained cell
/// itself is run one step at a time in double precision, so that each state between two steps is a node of the graph,
/// and automatic differentiation gives the exact derivative of one text's loss by that node: all paths through later
/// steps count. Double precision, because small values would be rounded to zero in single precision. Stateless; blocks.
/// </summary>
public static class GradientProbe
{
    /// <summary>Measures one model on some texts, dropout off.</summary>
    /// <param name="model">
    /// One recurrent layer in one direction with the readout <see cref="ReadoutKind.Last"/>.
    /// </param>
    /// <param name="weights">Its weights, as checkpoints name them.</param>
    /// <param name="texts">The ids of each text; at least <paramref name="steps"/> ids each.</param>
    /// <param name="targets">
    /// For each text one value for each row of the classifier: with one row the probability of the second label, whose
    /// loss is the binary cross-entropy; with more a distribution over the labels, whose loss is softmax's
    /// cross-entropy.
    /// </param>
    /// <param name="steps">States to look at, from the last one back.</param>
    /// <exception cref="InvalidInputException">The model is another one, or a text is too short.</exception>
    public static GradientNorms Measure(
        ModelConfig model, IReadOnlyDictionary<string, SafetensorsTensor> weights,
        IReadOnlyList<long[]> texts, IReadOnlyList<float[]> targets, int steps)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(targets);
        Check(model, texts, steps);
        using var scope = NewDisposeScope();
        using var network = new SteppedNetwork(model, weights);
        var hidden = new double[steps];
        var cell = model.Cell == CellKind.Lstm ? new double[steps] : null;
        foreach (var (text, target) in texts.Zip(targets))
        {
            using var one = NewDisposeScope();
            var states = network.Run(text);
            var loss = Loss(network.Logits(states.Hidden[^1]), target);
            AddNorms(hidden, loss, states.Hidden, texts.Count);
            if (cell is not null)
            {
                AddNorms(cell.AsSpan(1), loss, states.Cell.SkipLast(1), texts.Count);
            }
        }

        return new GradientNorms(hidden, cell);
    }

    private static void Check(ModelConfig model, IReadOnlyList<long[]> texts, int steps)
    {
        Guard.InRange("steps", steps, 1, int.MaxValue);
        if (!model.IsRecurrent || model is not { Bidirectional: false, Layers: 1, Readout: ReadoutKind.Last })
        {
            throw new InvalidInputException(
                "The gradient's way back is measured in one recurrent layer of one direction whose last state is " +
                "read; this model is another one.");
        }

        if (texts.Count == 0 || texts.Min(text => text.Length) < steps)
        {
            throw new InvalidInputException(
                $"{steps} steps are to be measured, but of {texts.Count} texts the shortest has " +
                $"{texts.Select(text => text.Length).DefaultIfEmpty().Min()}: give longer texts or ask for fewer " +
                $"steps.");
        }
    }

    private static Tensor Loss(Tensor logits, float[] target)
    {
        var expected = tensor(Array.ConvertAll(target, value => (double)value));
        return expected.shape[0] == 1
            ? binary_cross_entropy_with_logits(logits, expected)
            : -(expected * logits.log_softmax(0)).sum();
    }

    // The states that end with the last of these, one for each sum, the last one first.
    private static void AddNorms(Span<double> sums, Tensor loss, IEnumerable<Tensor> states, int texts)
    {
        if (sums.IsEmpty)
        {
            return;
        }

        var gradients = autograd.grad([loss], [.. states.TakeLast(sums.Length).Reverse()], retain_graph: true);
        for (var back = 0; back < sums.Length; back++)
        {
            sums[back] += gradients[back].norm().item<double>() / texts;
        }
    }
}
