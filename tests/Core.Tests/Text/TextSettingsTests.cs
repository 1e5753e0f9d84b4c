namespace OnnxSentiment.Core.Tests;

public class TextSettingsTests
{
    [Test]
    public void Validated_Defaults_AreThoseOfTheTutorial()
    {
        var settings = new TextSettings().Validated();
        Assert.That(settings.Tokenizer, Is.EqualTo(TokenizerKind.Keras));
        Assert.That(settings.VocabularySize, Is.EqualTo(10_000));
        Assert.That(settings.MaximumLength, Is.EqualTo(200));
    }

    [TestCase(4, 2)]
    [TestCase(10_000_000, 10_000)]
    public void Validated_AtTheBounds_Passes(int vocabularySize, int maximumLength)
    {
        var settings = new TextSettings { VocabularySize = vocabularySize, MaximumLength = maximumLength };
        Assert.That(settings.Validated(), Is.SameAs(settings));
    }

    [TestCase(3, 200, "vocabulary_size is 3, but has to lie between 4 and 10000000.")]
    [TestCase(10_000_001, 200, "vocabulary_size is 10000001, but has to lie between 4 and 10000000.")]
    [TestCase(10_000, 1, "maximum_length is 1, but has to lie between 2 and 10000.")]
    [TestCase(10_000, 10_001, "maximum_length is 10001, but has to lie between 2 and 10000.")]
    public void Validated_OverTheBounds_NamesTheSetting(int vocabularySize, int maximumLength, string message) =>
        Assert.That(
        () => new TextSettings { VocabularySize = vocabularySize, MaximumLength = maximumLength }.Validated(),
        Throws.InstanceOf<InvalidInputException>().With.Message.EqualTo(message));
}
