using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelOptionsTests
{
    [Test]
    public void Validated_Defaults_AreInRange()
    {
        var options = new SentimentModelOptions();

        Assert.That(options.Validated(), Is.SameAs(options));
        Assert.That(options.Threads, Is.EqualTo(Environment.ProcessorCount));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1_025)]
    public void Validated_ThreadsOutOfRange_SaysTheRange(int threads)
    {
        var options = new SentimentModelOptions { Threads = threads };

        Assert.That(options.Validated, Throws.TypeOf<InvalidInputException>()
            .With.Message.EqualTo($"threads is {threads}, but has to lie between 1 and 1024."));
    }

    [TestCase(0)]
    [TestCase(1_000_001)]
    public void Validated_MaximumBatchTokensOutOfRange_SaysTheRange(int tokens)
    {
        var options = new SentimentModelOptions { MaximumBatchTokens = tokens };

        Assert.That(options.Validated, Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains($"maximum_batch_tokens is {tokens}"));
    }
}
