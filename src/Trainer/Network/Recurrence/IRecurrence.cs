using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// How a network computes its recurrent layers: with libtorch's cells and autograd, or by passes of our own that
/// compute the same. Chosen once, when the network is made. Stateful between <see cref="BeginStep"/> and <see
/// cref="Backward"/>.
/// </summary>
internal interface IRecurrence
{
    /// <summary>Begins a forward pass through all layers.</summary>
    void BeginStep();

    /// <summary>The states after every step, the directions concatenated, in the text's order.</summary>
    /// <param name="cells">One or two directions of one layer; the second one reads texts from their ends.</param>
    /// <param name="input"><c>[sequence, batch, input]</c></param>
    /// <param name="batch">The texts' lengths.</param>
    /// <returns>
    /// <c>[sequence, batch, directions·hidden]</c>; what stands at padding is meaningless, but finite.
    /// </returns>
    Tensor AllStates(RecurrentCells cells, Tensor input, SequenceBatch batch);

    /// <summary>The state of each direction after the last token that it reads, concatenated.</summary>
    /// <returns><c>[batch, directions·hidden]</c></returns>
    /// <inheritdoc cref="AllStates"/>
    Tensor LastStates(RecurrentCells cells, Tensor input, SequenceBatch batch);

    /// <summary>Computes the gradients of all parameters of the network from the loss of the step.</summary>
    void Backward(Tensor loss);
}
