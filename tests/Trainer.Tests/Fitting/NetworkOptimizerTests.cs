using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>What a step does to the weights, against Adam's formulas worked out by hand.</summary>
public class NetworkOptimizerTests
{
    private const int AllSteps = 10;
    private const double Rate = 0.01;

    // Single precision: a few units in the last place of weights around 1.
    private const double Tolerance = 5e-7;

    private static readonly TrainingSettings Settings = new() { LearningRate = Rate };

    // Kingma and Ba's algorithm 1 with β₁ = 0.9 and β₂ = 0.999, for the gradients 1 and then 3: m = 0.1, v = 0.001, so
    // the first step is α·1/√1; then m = 0.39, v = 0.009999, m̂ = 0.39 / 0.19, v̂ = 0.009999 / 0.001999.
    [Test]
    public void Step_TwoGradients_IsAdam()
    {
        using var network = Network();
        using var optimizer = new NetworkOptimizer(network, Settings, AllSteps);

        var first = MoveBy(network, optimizer, gradient: 1, step: 0);
        var second = MoveBy(network, optimizer, gradient: 3, step: 1);

        Assert.That(first, Has.All.EqualTo(-Rate).Within(Tolerance));
        Assert.That(second, Has.All.EqualTo(-Rate * (0.39 / 0.19) / Math.Sqrt(0.009999 / 0.001999)).Within(Tolerance));
    }

    // Adam's first step is as long as the rate, whatever the gradient: it shows the rate of both groups.
    [TestCase(0, 1.0)]
    [TestCase(5, 0.5)]
    [TestCase(9, 0.024471741852423234)] // (1 + cos(0.9π)) / 2
    public void Step_CosineSchedule_HoldsForTheEmbeddingToo(int step, double share)
    {
        using var network = Network();
        using var optimizer = new NetworkOptimizer(
            network, Settings with { Schedule = RateSchedule.Cosine, EmbeddingRate = 0.3 }, AllSteps);

        var moved = MoveBy(network, optimizer, gradient: 1, step);

        Assert.That(moved[0], Is.EqualTo(-Rate * share * 0.3).Within(Tolerance), WeightNames.Embedding);
        Assert.That(moved[1..], Has.All.EqualTo(-Rate * share).Within(Tolerance), "the other weights");
        Assert.That(optimizer.LearningRate, Is.EqualTo(Rate * share).Within(1e-15));
        Assert.That(optimizer.LearningRateAt(step), Is.EqualTo(Rate * share).Within(1e-15));
    }

    [TestCase(0)]
    [TestCase(9)]
    public void Step_ConstantSchedule_KeepsTheRate(int step)
    {
        using var network = Network();
        using var optimizer = new NetworkOptimizer(network, Settings, AllSteps);
        Assert.That(MoveBy(network, optimizer, gradient: 1, step), Has.All.EqualTo(-Rate).Within(Tolerance));
    }

    // All gradients together are one vector; clipped one by one, their ratio would change.
    [Test]
    public void Step_GradientOverTheLimit_IsShortenedWithItsDirectionKept()
    {
        using var network = Network();
        using var optimizer = new NetworkOptimizer(network, Settings with { GradientClip = 0.5 }, AllSteps);
        SetGradients(network, name => name == WeightNames.Classifier ? 4 : 1);
        var before = Gradients(network);

        optimizer.Step(0);

        var (length, after) = (Length(before), Gradients(network));
        Assert.That(length, Is.GreaterThan(0.5), "the limit would not matter");
        Assert.That(Length(after), Is.EqualTo(0.5).Within(1e-5));
        Assert.That(after, Is.EqualTo(before.Select(g => g * 0.5 / length)).Within(1e-6));
    }

    [TestCase(0.0)]
    [TestCase(1_000.0)]
    public void Step_GradientWithinTheLimitOrNoLimit_StaysAsItIs(double clip)
    {
        using var network = Network();
        using var optimizer = new NetworkOptimizer(network, Settings with { GradientClip = clip }, AllSteps);
        SetGradients(network, _ => 2);
        optimizer.Step(0);
        Assert.That(Gradients(network), Has.All.EqualTo(2));
    }

    [Test]
    public void Restore_SavedMoments_GoesOnAsTheOneThatWasSaved()
    {
        using var network = Network();
        using var optimizer = new NetworkOptimizer(network, Settings, AllSteps);
        MoveBy(network, optimizer, gradient: 1, step: 0);
        var saved = optimizer.Save();
        using var other = new NetworkOptimizer(network, Settings, AllSteps);

        other.Restore(saved);

        Assert.That(
            MoveBy(network, other, gradient: 3, step: 1),
            Has.All.EqualTo(-Rate * (0.39 / 0.19) / Math.Sqrt(0.009999 / 0.001999)).Within(Tolerance));
    }

    private static SentimentNetwork Network()
    {
        manual_seed(2);
        return new SentimentNetwork(new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, vocabularySize: 6);
    }

    // The first element of each weight: how far one step moves it.
    private static double[] MoveBy(SentimentNetwork network, NetworkOptimizer optimizer, double gradient, int step)
    {
        SetGradients(network, _ => gradient);
        var before = First(network);
        optimizer.Step(step);
        return [.. First(network).Zip(before, (after, old) => after - old)];
    }

    private static double[] First(SentimentNetwork network) =>
        [.. network.NamedWeights().Select(weight => (double)Values(weight.Parameter)[0])];

    private static void SetGradients(SentimentNetwork network, Func<string, double> gradientOf)
    {
        foreach (var (name, parameter) in network.NamedWeights())
        {
            parameter.grad = full_like(parameter, gradientOf(name));
        }
    }

    private static double[] Gradients(SentimentNetwork network) =>
        [.. network.NamedWeights().SelectMany(weight => Values(weight.Parameter.grad!)).Select(value => (double)value)];

    private static float[] Values(Tensor tensor) => tensor.detach().data<float>().ToArray();

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));
}
