using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>The exponential moving average of weights, by hand.</summary>
public class WeightEmaTests
{
    private const double Tolerance = 1e-6;

    // The first decays are 1/11, 2/12 …: the first weights, 0, are soon forgotten.
    [Test]
    public void Add_FirstSteps_CountMore()
    {
        using var network = Network();
        Set(network, 0);
        using var ema = new WeightEma(network, decay: 0.9);

        Set(network, 11);
        ema.Add();
        Assert.That(Values(ema), Has.All.EqualTo(10).Within(Tolerance), "11 · 10/11");

        Set(network, 22);
        ema.Add();
        Assert.That(Values(ema), Has.All.EqualTo((10 * 2.0 / 12) + (22 * 10.0 / 12)).Within(1e-5));
    }

    [TestCase(88, 89.0 / 99, Description = "the last step on which the start still counts")]
    [TestCase(1_000, 0.9)]
    public void Add_AfterManySteps_KeepsTheDecaysShare(int steps, double kept)
    {
        using var network = Network();
        using var ema = new WeightEma(network, decay: 0.9);
        Set(network, 1);
        ema.Restore(network.CopyWeights(), steps);

        Set(network, 0);
        ema.Add();

        Assert.That(Values(ema), Has.All.EqualTo(kept).Within(Tolerance));
    }

    [Test]
    public void Add_Average_LeavesTheNetworkAlone()
    {
        using var network = Network();
        using var ema = new WeightEma(network, decay: 0.9);
        Set(network, 5);
        ema.Add();
        Assert.That(network.CopyWeights().Values.SelectMany(weight => weight.AsFloats().ToArray()), Has.All.EqualTo(5));
    }

    private static SentimentNetwork Network() =>
        new(new ModelConfig { EmbeddingSize = 2, HiddenSize = 2 }, vocabularySize: 5);

    private static void Set(SentimentNetwork network, float value)
    {
        using var _ = no_grad();
        foreach (var (_, parameter) in network.NamedWeights())
        {
            parameter.fill_(value);
        }
    }

    private static IEnumerable<double> Values(WeightEma ema) =>
        ema.Copy().Values.SelectMany(weight => weight.AsFloats().ToArray()).Select(value => (double)value);
}
