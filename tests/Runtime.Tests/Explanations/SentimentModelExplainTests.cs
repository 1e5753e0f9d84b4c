using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelExplainTests
{
    // A weight is the difference of two logits.
    private const double Tolerance = 2 * TestModel.Tolerance;

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [TestCase("word3")]
    [TestCase("word3 word4 word5 word6")]
    [TestCase("  WORD3, word4! zebra (word40)\nword3 word3.  ")]
    [TestCase("e\u0301 👩\u200d🚀 word12 \uD800")]
    public void Explain_Text_LeavesEachTokenOut(string text)
    {
        var explanation = _model.Explain(text);

        Assert.That(explanation.Prediction, Is.EqualTo(_model.Predict(text)));
        Assert.That(explanation.Tokens, Is.Not.Empty);
        foreach (var token in explanation.Tokens)
        {
            var without = _model.Predict(text.Remove(token.Start, token.Length));
            Assert.That(
                token.Weight, Is.EqualTo(explanation.Prediction.Logit - without.Logit).Within(Tolerance), $"{token}");
        }
    }

    [Test]
    public void Explain_Text_NamesPlacesAndKnownWords()
    {
        const string Text = "  WORD3, zebra! word49 word50.";

        var tokens = _model.Explain(Text).Tokens;

        Assert.That(
            tokens.Select(token => Text.Substring(token.Start, token.Length)),
            Is.EqualTo(new[] { "WORD3", "zebra", "word49", "word50" }));
        Assert.That(tokens.Select(token => token.IsKnown), Is.EqualTo(new[] { true, false, true, false }));
        Assert.That(tokens.Select(token => token.Weight).Distinct().Count(), Is.EqualTo(4), "weights differ");
    }

    [Test]
    public void Explain_LongerThanTheModelReads_ExplainsTheEndAlone()
    {
        var words = Enumerable.Range(3, 30).Select(id => $"word{id}").ToArray();
        var text = string.Join(' ', words);

        var tokens = _model.Explain(text).Tokens;

        Assert.That(tokens.Select(token => text.Substring(token.Start, token.Length)), Is.EqualTo(words[^11..]));
        var end = _model.Explain(string.Join(' ', words[^11..])).Tokens;
        Assert.That(tokens.Select(token => token.Weight), Is.EqualTo(end.Select(token => token.Weight)));
    }

    [TestCase("")]
    [TestCase(" \t!")]
    public void Explain_NoToken_HasThePredictionAlone(string text)
    {
        var explanation = _model.Explain(text);

        Assert.That(explanation.Tokens, Is.Empty);
        Assert.That(explanation.Prediction, Is.EqualTo(_model.Predict(text)));
    }

    // More shortened texts than are in memory at once.
    [Test]
    public void Explain_ManyTokens_WeighsThoseOfEveryPart()
    {
        var checkpoint = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, seed: 8, maximumLength: 1_200);
        using var model = TestModel.Load(ClassifierExporter.Export(checkpoint).ToByteArray());
        var text = string.Join(' ', Enumerable.Range(0, 1_199).Select(i => $"word{3 + (i % 47)}"));

        var explanation = model.Explain(text);

        Assert.That(explanation.Tokens, Has.Count.EqualTo(1_199));
        foreach (var i in new[] { 0, 1, 500, 831, 832, 833, 834, 1_197, 1_198 })
        {
            var token = explanation.Tokens[i];
            var without = model.Predict(text.Remove(token.Start, token.Length));
            Assert.That(
                token.Weight, Is.EqualTo(explanation.Prediction.Logit - without.Logit).Within(Tolerance), $"token {i}");
        }
    }

    [Test]
    public void Explain_NoText_Throws() => Assert.That(() => _model.Explain(null!), Throws.ArgumentNullException);
}
