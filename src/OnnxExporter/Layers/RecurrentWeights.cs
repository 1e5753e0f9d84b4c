using OnnxSentiment.Core;

namespace OnnxSentiment.OnnxExporter;

/// <summary>One recurrent layer as PyTorch holds it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Nonlinearity">The activation where the cell is <see cref="CellKind.Rnn"/>.</param>
/// <param name="InputSize">Components of a step's input.</param>
/// <param name="HiddenSize">Components of the state of one direction.</param>
/// <param name="Directions">One or two sets of weights; the second reads each text from its end.</param>
internal sealed record RecurrentWeights(
    CellKind Cell,
    RnnNonlinearity Nonlinearity,
    int InputSize,
    int HiddenSize,
    IReadOnlyList<DirectionWeights> Directions)
{
    /// <summary>Components of a step's output: all directions side by side.</summary>
    public int OutputSize => Directions.Count * HiddenSize;

    /// <summary>The weights of one layer of a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="layer">Counted from 0.</param>
    public static RecurrentWeights Of(Checkpoint checkpoint, int layer)
    {
        var model = checkpoint.Config.Model;
        return new RecurrentWeights(
            model.Cell,
            model.Nonlinearity,
            layer == 0 ? model.EmbeddingSize : model.OutputSize,
            model.HiddenSize,
            [.. Enumerable.Range(0, model.Directions)
                .Select(direction => OfDirection(checkpoint, layer, reverse: direction == 1))]);
    }

    private static DirectionWeights OfDirection(Checkpoint checkpoint, int layer, bool reverse)
    {
        var names = WeightNames.Recurrent(layer, reverse);
        return new DirectionWeights(
            Floats(names.InputWeights), Floats(names.RecurrentWeights),
            Floats(names.InputBias), Floats(names.RecurrentBias));

        float[] Floats(string name) => checkpoint.Weights[name].AsFloats().ToArray();
    }
}

/// <summary>The weights of one direction, row by row, gates stacked in PyTorch's order.</summary>
/// <param name="InputWeights"><c>[gates·hidden, input]</c></param>
/// <param name="RecurrentMatrix"><c>[gates·hidden, hidden]</c></param>
/// <param name="InputBias"><c>[gates·hidden]</c>, or empty with the other for a layer without biases.</param>
/// <param name="RecurrentBias"><c>[gates·hidden]</c>, or empty.</param>
internal sealed record DirectionWeights(
    ReadOnlyMemory<float> InputWeights,
    ReadOnlyMemory<float> RecurrentMatrix,
    ReadOnlyMemory<float> InputBias,
    ReadOnlyMemory<float> RecurrentBias);
