using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

public class TextInputsTests
{
    [TestCase(50, 12)]
    [TestCase(5_000, 40)]
    public void Create_AnyVocabulary_UsesEveryWordOnce(int vocabularySize, int maximumLength)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig(), seed: 1, vocabularySize, maximumLength);
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        var ids = TextInputs.Create(seed: 3, checkpoint.Config.Text, checkpoint.Vocabulary)
            .Where(named => named.Name.StartsWith("every word", StringComparison.Ordinal))
            .SelectMany(named => named.Texts).SelectMany(text => encoder.Encode(text)[1..]).Order();
        var words = Enumerable.Range(
            Core.Vocabulary.FirstWordId, vocabularySize - Core.Vocabulary.FirstWordId);
        Assert.That(ids, Is.EqualTo(words.Select(id => (long)id)));
    }
}
