namespace OnnxSentiment.Runtime.Tests;

public class RunLimitsTests
{
    [Test]
    public void For_Defaults_DependOnTheDevice()
    {
        var cores = Environment.ProcessorCount;
        var options = new SentimentModelOptions();

        Assert.That(RunLimits.For(options, Device.Cpu), Is.EqualTo(new RunLimits(cores, cores, 1_200)));
        Assert.That(RunLimits.For(options, Device.Cuda()), Is.EqualTo(new RunLimits(cores, 2, 65_536)));
    }

    [Test]
    public void For_GivenValues_HoldOnEveryDevice()
    {
        var options = new SentimentModelOptions { Threads = 5, MaximumBatchTokens = 77 };

        Assert.That(RunLimits.For(options, Device.Cpu), Is.EqualTo(new RunLimits(5, 5, 77)));
        Assert.That(RunLimits.For(options, Device.Cuda()), Is.EqualTo(new RunLimits(5, 5, 77)));
    }
}
