using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity.Tests;

public class TolerancesTests
{
    [Test]
    public void For_EverythingThatIsComputed_HasBoundsWithProbabilityTheTighter()
    {
        foreach (var (precision, arithmetic) in Computed())
        {
            var logit = Tolerances.For(OutputKind.Logit, precision, arithmetic);
            var probability = Tolerances.For(OutputKind.Probability, precision, arithmetic);

            Assert.That(probability.Absolute, Is.LessThan(logit.Absolute), $"{precision} {arithmetic}");
            Assert.That(
                logit.Absolute, Is.GreaterThanOrEqualTo(Tolerances.For(OutputKind.Logit, precision).Absolute),
                $"{precision} {arithmetic}");
        }
    }

    [Test]
    public void For_Float32OnCuda_IsAsTightAsOnTheProcessorUnlessTf32IsAllowed()
    {
        var cpu = Tolerances.For(OutputKind.Logit, Precision.Float32);

        Assert.That(Tolerances.For(OutputKind.Logit, Precision.Float32, ComputeMode.Cuda), Is.EqualTo(cpu));
        Assert.That(
            Tolerances.For(OutputKind.Logit, Precision.Float32, ComputeMode.CudaTf32).Absolute,
            Is.GreaterThan(cpu.Absolute));
    }

    [TestCase(ComputeMode.Cuda)]
    [TestCase(ComputeMode.CudaTf32)]
    public void For_Int8OnCuda_HasNone(ComputeMode arithmetic) => Assert.That(
        () =>
            Tolerances.For(OutputKind.Logit, Precision.Int8, arithmetic), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Comparer_OnCuda_JudgesByItsTolerance()
    {
        // Halfway between the bounds of fp16 on a processor and on a GPU.
        const double difference = 2e-2;
        Assert.That(Compare(difference, ComputeMode.Cpu).Passed, Is.False);
        Assert.That(Compare(difference, ComputeMode.Cuda).Passed);
    }

    private static ComparisonReport Compare(double difference, ComputeMode arithmetic) => OutputComparer.Compare(
        new Runner("a", batch => Outputs(batch.Count, difference)),
        new Runner("b", batch => Outputs(batch.Count, 0)),
        ParityInputs.Create(seed: 1, vocabularySize: 10, maximumLength: 5),
        Precision.Fp16,
        arithmetic);

    private static ModelOutputs Outputs(int count, double logit) =>
        new([.. Enumerable.Repeat(logit, count)], [.. Enumerable.Repeat(0.5, count)]);

    private static IEnumerable<(Precision, ComputeMode)> Computed() =>
        from precision in Enum.GetValues<Precision>()
        from arithmetic in Enum.GetValues<ComputeMode>()
        where precision != Precision.Int8 || arithmetic == ComputeMode.Cpu
        select (precision, arithmetic);
}
