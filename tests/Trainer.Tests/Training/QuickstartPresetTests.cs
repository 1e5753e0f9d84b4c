using OnnxSentiment.Core.Text;
using OnnxSentiment.Trainer.Data;
using OnnxSentiment.Trainer.Model;
using OnnxSentiment.Trainer.Training;
using OnnxSentiment.Trainer.Training.Presets;

namespace OnnxSentiment.Trainer.Tests.Training;

/// <summary>What the quickstart shows: word order is learned by the BiLSTM and is out of reach for a bag of words.</summary>
[Category("Slow")]
public class QuickstartPresetTests
{
    [Test]
    public void Train_EmbeddedCorpus_LeavesABagOfWordsFarBehind()
    {
        var corpus = ReviewCorpus.Generate(seed: 1);
        var recipe = PresetTable.Get(PresetTable.Quickstart);
        var trained = SentimentTrainer.Train(recipe, TrainingData.Prepare(corpus, recipe)).Checkpoint;
        var biLstm = trained.Config.Metrics["test_accuracy"];
        var bagOfWords = BagOfWords.Train(corpus.Train, "positive").Accuracy(corpus.Test);
        TestContext.Out.WriteLine($"held-out accuracy: BiLSTM {biLstm:P1}, bag of words {bagOfWords:P1}");
        Assert.That(biLstm, Is.GreaterThan(0.97));
        Assert.That(bagOfWords, Is.LessThan(biLstm - 0.15));

        using var model = TrainedModel.Load(trained);
        var encoder = new TextEncoder(trained.Config.Text, trained.Vocabulary);
        foreach (var (text, label, _) in ReviewCorpus.Demonstrations)
        {
            var logit = model.Logits(TokenBatch.Pad([encoder.Encode(text)]))[0];
            Assert.That(logit >= 0 ? "positive" : "negative", Is.EqualTo(label), text);
        }
    }
}
