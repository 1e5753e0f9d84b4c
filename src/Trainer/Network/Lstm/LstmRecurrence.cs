using OnnxSentiment.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The LSTM layers of a network that is being trained, by <see cref="LstmLayer"/>: the same as libtorch's, in less than
/// half of the time. One thread at a time.
/// </summary>
/// <param name="workers">The threads that the passes run on.</param>
internal sealed class LstmRecurrence(TorchWorkers workers) : IRecurrence
{
    private readonly CustomBackward _backward = new();
    private readonly Dictionary<RecurrentCells, LstmParameters[]> _parameters = [];
    private int _passes;

    internal TorchWorkers Workers => workers;

    public void BeginStep()
    {
        _backward.Clear();
        _passes = 0;
    }

    public Tensor AllStates(RecurrentCells cells, Tensor input, SequenceBatch batch) =>
        LstmLayer.AllStates(ParametersOf(cells), input, batch.Lengths, this);

    public Tensor LastStates(RecurrentCells cells, Tensor input, SequenceBatch batch) =>
        LstmLayer.LastStates(ParametersOf(cells), input, batch.Lengths, this);

    public void Backward(Tensor loss) => _backward.Backward(loss);

    /// <summary>A number that no other pass of this step has, and that the same pass of another step has too.</summary>
    internal int NextPass() => _passes++;

    /// <inheritdoc cref="CustomBackward.Attach"/>
    internal Tensor Attach(Tensor value, Action<Tensor> backward) => _backward.Attach(value, backward);

    private LstmParameters[] ParametersOf(RecurrentCells cells)
    {
        if (!_parameters.TryGetValue(cells, out var parameters))
        {
            parameters = [.. cells.Directions.Select(ParametersOf)];
            _parameters[cells] = parameters;
        }

        return parameters;
    }

    private static LstmParameters ParametersOf(Module lstm)
    {
        var named = RecurrentCells.NamedWeights(lstm, WeightNames.Recurrent(layer: 0, reverse: false))
            .Select(weight => weight.Parameter).ToArray();
        return new LstmParameters(named[0], named[1], named[2], named[3]);
    }
}
