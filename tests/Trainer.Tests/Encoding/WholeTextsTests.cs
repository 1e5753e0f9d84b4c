using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

public class WholeTextsTests
{
    // A vocabulary smaller than the words that there are, and texts longer than the network reads.
    [Test]
    public void Prepare_IdsBelowTheNetworksVocabulary_AreTheNetworks()
    {
        var recipe = TinyData.Recipe.With("vocabulary_size=50").With("maximum_length=6").With("vector_epochs=1");
        var data = TinyData.PrepareWithUnlabeled(recipe);
        Assert.That(data.Vocabulary.Count, Is.EqualTo(50));
        Assert.That(data.Whole!.Train.SelectMany(text => text).Max(), Is.GreaterThan(50), "rarer words have ids too");
        foreach (var (whole, encoded) in data.Whole.Train.Zip(data.Train.Ids)
            .Concat(data.Whole.Validation.Zip(data.Validation.Ids)).Concat(data.Whole.Unlabeled.Zip(data.Unlabeled)))
        {
            var expected = whole.TakeLast(5).Select(id => id < 50 ? (long)id : Vocabulary.UnknownId);
            Assert.That(encoded, Is.EqualTo(expected.Prepend(Vocabulary.StartId)));
        }
    }

    [Test]
    public void Prepare_NothingNeedsThem_AreNotMade() => Assert.That(TinyData.Prepare().Whole, Is.Null);
}
