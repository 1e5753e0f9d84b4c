using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>The parameters of one recurrent layer: a cell of libtorch's for each direction.</summary>
internal sealed class RecurrentCells : Module
{
    private readonly ModuleList<Module> _directions = [];
    private readonly int _layer;

    internal RecurrentCells(ModelConfig config, int layer)
        : base(nameof(RecurrentCells))
    {
        _layer = layer;
        HasBoundedStates = config.Cell != CellKind.Rnn || config.Nonlinearity != RnnNonlinearity.Relu;
        var inputSize = layer == 0 ? config.EmbeddingSize : config.OutputSize;
        for (var direction = 0; direction < config.Directions; direction++)
        {
            _directions.Add(Create(config, inputSize));
        }

        Directions = [.. _directions];
        RegisterComponents();
    }

    /// <summary>One cell, or two of which the second reads texts from their ends.</summary>
    internal IReadOnlyList<Module> Directions { get; }

    /// <summary>Whether no state grows beyond all bounds over padding.</summary>
    internal bool HasBoundedStates { get; }

    /// <summary>The parameters by the names that checkpoints use.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> NamedWeights() => _directions.SelectMany(
        (cell, direction) => NamedWeights(cell, WeightNames.Recurrent(_layer, reverse: direction == 1)));

    /// <summary>The parameters of one cell by the names that checkpoints use.</summary>
    internal static IEnumerable<(string Name, Parameter Parameter)> NamedWeights(
        Module cell, RecurrentWeightNames names)
    {
        var parameters = cell.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        yield return (names.InputWeights, parameters["weight_ih_l0"]);
        yield return (names.RecurrentWeights, parameters["weight_hh_l0"]);
        yield return (names.InputBias, parameters["bias_ih_l0"]);
        yield return (names.RecurrentBias, parameters["bias_hh_l0"]);
    }

    /// <summary>One direction of one layer.</summary>
    internal static Module Create(ModelConfig config, int inputSize, ScalarType type = ScalarType.Float32) =>
        config.Cell switch
        {
            CellKind.Lstm => LSTM(inputSize, config.HiddenSize, dtype: type),
            CellKind.Gru => GRU(inputSize, config.HiddenSize, dtype: type),
            CellKind.Rnn => RNN(inputSize, config.HiddenSize, nonLinearity: Nonlinearity(config), dtype: type),
            _ => throw new ArgumentOutOfRangeException(nameof(config), config.Cell, "Unknown cell."),
        };

    private static NonLinearities Nonlinearity(ModelConfig config) =>
        config.Nonlinearity == RnnNonlinearity.Relu ? NonLinearities.ReLU : NonLinearities.Tanh;
}
