using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelOptionsTests
{
    [Test]
    public void Validated_Defaults_AreInRange()
    {
        var options = new SentimentModelOptions();

        Assert.That(options.Validated(), Is.SameAs(options));
        Assert.That((options.Threads, options.MaximumBatchTokens), Is.EqualTo(((int?)null, (int?)null)));
        Assert.That((options.Device, options.AllowTf32, options.ExecutionProviderLibrary), Is.EqualTo((Device.Auto, false, (string?)null)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1_025)]
    public void Validated_ThreadsOutOfRange_SaysTheRange(int threads)
    {
        var options = new SentimentModelOptions { Threads = threads };

        Assert.That(options.Validated, Throws.TypeOf<InvalidInputException>()
            .With.Message.EqualTo($"Threads is {threads}, but has to lie between 1 and 1024."));
    }

    [TestCase(0)]
    [TestCase(1_000_001)]
    public void Validated_MaximumBatchTokensOutOfRange_SaysTheRange(int tokens)
    {
        var options = new SentimentModelOptions { MaximumBatchTokens = tokens };

        Assert.That(options.Validated, Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains($"MaximumBatchTokens is {tokens}"));
    }

    [Test]
    public void Validated_NoDevice_SaysWhatIsExpected() => Assert.That(
        new SentimentModelOptions { Device = null! }.Validated,
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("auto, cpu or cuda:N"));

    [TestCase("")]
    [TestCase(" ")]
    public void Validated_EmptyLibrary_SaysSo(string library) => Assert.That(
        new SentimentModelOptions { ExecutionProviderLibrary = library }.Validated,
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("ExecutionProviderLibrary is empty"));
}
