using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Adam (Kingma and Ba, ICLR 2015) with the recipe's step sizes: the embedding has its own, and both follow the
/// schedule.
/// </summary>
internal sealed class NetworkOptimizer : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999;

    private readonly SentimentNetwork _network;
    private readonly TrainingSettings _settings;
    private readonly long _allSteps;
    private readonly Adam.ParamGroup[] _groups;
    private readonly Adam _adam;

    /// <param name="network">What is trained.</param>
    /// <param name="settings">Rates, schedule, clipping.</param>
    /// <param name="allSteps">Steps from the first epoch's first to the last one's last, for the schedule.</param>
    internal NetworkOptimizer(SentimentNetwork network, TrainingSettings settings, long allSteps)
    {
        (_network, _settings, _allSteps) = (network, settings, allSteps);
        var weights = network.NamedWeights().ToLookup(w => w.Name == WeightNames.Embedding, w => w.Parameter);

        // All settings are the groups' own. What optim.Adam is given beside them has no effect, and its beta2 is
        // another one.
        _groups = [GroupOf(weights[true]), GroupOf(weights[false])];
        _adam = optim.Adam(_groups);

        Adam.ParamGroup GroupOf(IEnumerable<Parameter> parameters) =>
            new(parameters, settings.LearningRate, Beta1, Beta2);
    }

    /// <summary>The step size of the last step, of all weights but the embedding.</summary>
    internal double LearningRate => _groups[1].LearningRate;

    /// <summary>The step size of any step, of all weights but the embedding.</summary>
    /// <param name="step">From 0, over all epochs.</param>
    internal double LearningRateAt(long step) => _settings.LearningRate * ScheduleAt((double)step / _allSteps);

    internal void ClearGradients() => _adam.zero_grad();

    /// <summary>Changes the weights by their gradients.</summary>
    /// <param name="step">From 0, over all epochs.</param>
    internal void Step(long step)
    {
        if (_settings.GradientClip > 0)
        {
            nn.utils.clip_grad_norm_(_network.parameters(), _settings.GradientClip);
        }

        var rate = LearningRateAt(step);
        _groups[0].LearningRate = rate * _settings.EmbeddingRate;
        _groups[1].LearningRate = rate;
        _adam.step();
    }

    internal SafetensorsTensor Save()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        _adam.save_state_dict(writer);
        writer.Flush();
        return new SafetensorsTensor(SafetensorsTensor.UInt8, [stream.Length], stream.ToArray());
    }

    internal void Restore(SafetensorsTensor saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved.Data.ToArray()));
        _adam.load_state_dict(reader);
    }

    public void Dispose() => _adam.Dispose();

    private double ScheduleAt(double progress) => _settings.Schedule switch
    {
        RateSchedule.Cosine => (1 + Math.Cos(Math.PI * progress)) / 2,
        _ => 1,
    };
}
