using OnnxSentiment.Core;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// One recurrent layer. Each direction is a one-directional network over whole padded batches, which keeps libtorch on its
/// fused path; the backward one is fed with each text reversed within its own length, so padding always comes last and
/// never changes a state that is used. That is exactly what packed sequences compute, at full speed. While a network is
/// trained, its validation and what teachers say included, LSTMs take the way of <see cref="LstmLayer"/> instead, which
/// computes the same and is faster still.
/// </summary>
internal sealed class RecurrentLayer : Module
{
    // Kept: TorchSharp does not hold on to a number that it converts while libtorch still needs it.
    private static readonly Scalar Zero = 0f;

    private readonly ModuleList<Module> _directions = [];
    private readonly LstmParameters[] _lstms;
    private readonly int _layer;
    private readonly bool _hasBoundedStates;

    internal RecurrentLayer(ModelConfig config, int layer)
        : base(nameof(RecurrentLayer))
    {
        _layer = layer;
        _hasBoundedStates = config.Cell != CellKind.Rnn || config.Nonlinearity != RnnNonlinearity.Relu;
        var inputSize = layer == 0 ? config.EmbeddingSize : config.OutputSize;
        for (var direction = 0; direction < config.Directions; direction++)
        {
            _directions.Add(CreateCell(config, inputSize));
        }

        RegisterComponents();
        _lstms = config.Cell == CellKind.Lstm ? [.. _directions.Select(ParametersOf)] : [];
    }

    /// <summary>The parameters by the names that checkpoints use.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> NamedWeights() => _directions.SelectMany(
        (cell, direction) => NamedWeights(cell, WeightNames.Recurrent(_layer, reverse: direction == 1)));

    /// <summary>The parameters of one direction by the names that checkpoints use.</summary>
    internal static IEnumerable<(string Name, Parameter Parameter)> NamedWeights(Module cell, RecurrentWeightNames names)
    {
        var parameters = cell.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        yield return (names.InputWeights, parameters["weight_ih_l0"]);
        yield return (names.RecurrentWeights, parameters["weight_hh_l0"]);
        yield return (names.InputBias, parameters["bias_ih_l0"]);
        yield return (names.RecurrentBias, parameters["bias_hh_l0"]);
    }

    /// <summary>One direction of one layer.</summary>
    internal static Module CreateCell(ModelConfig config, int inputSize, ScalarType type = ScalarType.Float32) => config.Cell switch
    {
        CellKind.Lstm => LSTM(inputSize, config.HiddenSize, dtype: type),
        CellKind.Gru => GRU(inputSize, config.HiddenSize, dtype: type),
        CellKind.Rnn => RNN(inputSize, config.HiddenSize, nonLinearity: Nonlinearity(config), dtype: type),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Cell, "Unknown cell."),
    };

    /// <summary>The states after every step, both directions side by side and in the text's order.</summary>
    /// <param name="input"><c>[sequence, batch, input]</c></param>
    /// <param name="batch">The texts' lengths.</param>
    /// <param name="tape">For the faster way that trainings take through LSTMs; null for libtorch's own.</param>
    /// <returns><c>[sequence, batch, directions·hidden]</c>; what stands at padding is meaningless, but finite.</returns>
    internal Tensor AllStates(Tensor input, SequenceBatch batch, Tape? tape)
    {
        if (tape is not null && _lstms.Length > 0)
        {
            return LstmLayer.AllStates(_lstms, input, batch.Lengths, tape);
        }

        var forward = Run(_directions[0], input);
        var states = _directions.Count == 1 ? forward : cat([forward, batch.Reverse(Run(_directions[1], batch.Reverse(input)))], -1);

        // ReLU may let a state grow over the padding until it overflows, and infinity times 0 is no number.
        return _hasBoundedStates ? states : states.masked_fill(batch.Mask.logical_not(), Zero);
    }

    /// <summary>The state of each direction after its last token, side by side.</summary>
    /// <param name="input"><c>[sequence, batch, input]</c></param>
    /// <param name="batch">The texts' lengths.</param>
    /// <param name="tape">For the faster way that trainings take through LSTMs; null for libtorch's own.</param>
    /// <returns><c>[batch, directions·hidden]</c></returns>
    internal Tensor LastStates(Tensor input, SequenceBatch batch, Tape? tape)
    {
        if (tape is not null && _lstms.Length > 0)
        {
            return LstmLayer.LastStates(_lstms, input, batch.Lengths, tape);
        }

        var forward = batch.Last(Run(_directions[0], input));
        return _directions.Count == 1 ? forward : cat([forward, batch.Last(Run(_directions[1], batch.Reverse(input)))], -1);
    }

    private static LstmParameters ParametersOf(Module lstm)
    {
        var parameters = lstm.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        return new LstmParameters(
            parameters["weight_ih_l0"], parameters["weight_hh_l0"], parameters["bias_ih_l0"], parameters["bias_hh_l0"]);
    }

    private static NonLinearities Nonlinearity(ModelConfig config) =>
        config.Nonlinearity == RnnNonlinearity.Relu ? NonLinearities.ReLU : NonLinearities.Tanh;

    private static Tensor Run(Module cell, Tensor input) => cell switch
    {
        LSTM lstm => lstm.call(input).Item1,
        GRU gru => gru.call(input).Item1,
        RNN rnn => rnn.call(input).Item1,
        _ => throw new InvalidOperationException($"{cell.GetName()} is no recurrent cell."),
    };
}
