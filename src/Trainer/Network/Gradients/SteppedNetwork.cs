using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>
/// A classifier of one recurrent layer in double precision that runs its cell step by step, so that every state can be
/// differentiated by. Its tensors belong to the dispose scope around each call, the constructor's included.
/// </summary>
internal sealed class SteppedNetwork : IDisposable
{
    private readonly Tensor _embedding;
    private readonly Module _cell;
    private readonly Tensor _classifier;
    private readonly Tensor _classifierBias;
    private readonly long _hiddenSize;

    internal SteppedNetwork(ModelConfig model, IReadOnlyDictionary<string, SafetensorsTensor> weights)
    {
        _hiddenSize = model.HiddenSize;
        _embedding = ToDouble(weights[WeightNames.Embedding]);
        _classifier = ToDouble(weights[WeightNames.Classifier]);
        _classifierBias = ToDouble(weights[WeightNames.ClassifierBias]);
        _cell = RecurrentCells.Create(model, model.EmbeddingSize, ScalarType.Float64);
        using var _ = no_grad();
        foreach (var (name, parameter) in RecurrentCells.NamedWeights(
            _cell, WeightNames.Recurrent(layer: 0, reverse: false)))
        {
            TensorData.Overwrite(parameter, weights[name]);
        }
    }

    /// <summary>
    /// Runs a text; its states, each <c>[1, 1, hidden]</c>, are nodes of one graph. Cell states are the LSTM's.
    /// </summary>
    internal (IReadOnlyList<Tensor> Hidden, IReadOnlyList<Tensor> Cell) Run(long[] ids)
    {
        var (hidden, cell) = (new List<Tensor>(), new List<Tensor>());
        var (h, c) = (ZeroState(), ZeroState());
        foreach (var id in ids)
        {
            var x = _embedding[id].view(1, 1, -1);
            (h, c) = Step(x, h, c);
            hidden.Add(h);
            cell.Add(c);
        }

        return (hidden, cell);
    }

    /// <summary>The classifier's outputs for a state, <c>[outputs]</c>.</summary>
    internal Tensor Logits(Tensor hidden) => _classifier.mv(hidden.view(-1)) + _classifierBias;

    public void Dispose() => _cell.Dispose();

    private static Tensor ToDouble(SafetensorsTensor values) => TensorData.ToTensor(values).to_type(ScalarType.Float64);

    private Tensor ZeroState() => zeros([1, 1, _hiddenSize], ScalarType.Float64);

    private (Tensor Hidden, Tensor Cell) Step(Tensor x, Tensor h, Tensor c)
    {
        switch (_cell)
        {
            case LSTM lstm:
                var (_, nextHidden, nextCell) = lstm.call(x, (h, c));
                return (nextHidden, nextCell);
            case GRU gru:
                return (gru.call(x, h).Item2, c);
            case RNN rnn:
                return (rnn.call(x, h).Item2, c);
            default:
                throw new InvalidOperationException($"{_cell.GetName()} is no recurrent cell.");
        }
    }
}
