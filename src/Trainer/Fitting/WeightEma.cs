using OnnxSentiment.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The exponential moving average of a network's weights over the steps of its training. It moves about in the same
/// valley as the weights do, nearer to its middle, and so does better on texts that were not trained on.
/// </summary>
internal sealed class WeightEma : IDisposable
{
    private readonly SentimentNetwork _network;
    private readonly double _decay;
    private readonly Dictionary<string, Tensor> _averages;
    private long _steps;

    internal WeightEma(SentimentNetwork network, double decay)
    {
        (_network, _decay) = (network, decay);
        using var _ = no_grad();
        _averages = network.NamedWeights().ToDictionary(w => w.Name, w => CloneOf(w.Parameter), StringComparer.Ordinal);
    }

    /// <summary>
    /// Takes the weights after a step in. The first few steps count more, so that the first weights are soon forgotten.
    /// </summary>
    internal void Add()
    {
        _steps++;
        var decay = Math.Min(_decay, (double)_steps / (10 + _steps));

        // Held: TorchSharp does not hold on to a number that it converts while libtorch still needs it.
        using Scalar old = decay;
        using Scalar latest = 1 - decay;
        using var _ = no_grad();
        foreach (var (name, parameter) in _network.NamedWeights())
        {
            _averages[name].mul_(old).add_(parameter, latest);
        }
    }

    internal IReadOnlyDictionary<string, SafetensorsTensor> Copy() =>
        _averages.ToDictionary(w => w.Key, w => TensorData.Copy(w.Value), StringComparer.Ordinal);

    internal void Restore(IReadOnlyDictionary<string, SafetensorsTensor> averages, long steps)
    {
        _steps = steps;
        using var _ = no_grad();
        foreach (var (name, average) in _averages)
        {
            TensorData.Overwrite(average, averages[name]);
        }
    }

    private static Tensor CloneOf(Tensor parameter)
    {
        using var detached = parameter.detach();
        return detached.clone().DetachFromDisposeScope();
    }

    public void Dispose()
    {
        foreach (var average in _averages.Values)
        {
            average.Dispose();
        }
    }
}
