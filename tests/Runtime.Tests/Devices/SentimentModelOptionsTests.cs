namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelOptionsTests
{
    [Test]
    public void Validated_Defaults_AreInRange()
    {
        var options = new SentimentModelOptions();

        Assert.That(options.Validated(), Is.SameAs(options));
        Assert.That((options.Threads, options.MaximumBatchTokens), Is.EqualTo(((int?)null, (int?)null)));
        Assert.That(
            (options.Device, options.AllowTf32, options.ExecutionProviderLibrary),
            Is.EqualTo((Device.Auto, false, (string?)null)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1_025)]
    public void Validated_ThreadsOutOfRange_SaysTheRange(int threads)
    {
        var options = new SentimentModelOptions { Threads = threads };

        Assert.That(options.Validated, Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.Contains($"Threads is {threads}").And.Message.Contains("1 to 1024"));
    }

    [TestCase(0)]
    [TestCase(1_000_001)]
    public void Validated_MaximumBatchTokensOutOfRange_SaysTheRange(int tokens)
    {
        var options = new SentimentModelOptions { MaximumBatchTokens = tokens };

        Assert.That(options.Validated, Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.Contains($"MaximumBatchTokens is {tokens}").And.Message.Contains("1 to 1000000"));
    }

    [Test]
    public void Validated_NoDevice_NamesIt() => Assert.That(
        new SentimentModelOptions { Device = null! }.Validated,
        Throws.ArgumentNullException.With.Message.Contains("Device"));

    [TestCase("")]
    [TestCase(" ")]
    public void Validated_EmptyLibrary_NamesIt(string library) => Assert.That(
        new SentimentModelOptions { ExecutionProviderLibrary = library }.Validated,
        Throws.ArgumentException.With.Message.Contains("ExecutionProviderLibrary"));
}
