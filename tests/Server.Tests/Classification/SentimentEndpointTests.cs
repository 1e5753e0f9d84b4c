using System.Text.Json;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server.Tests;

/// <summary><c>POST /sentiment</c> against the library's own results.</summary>
[Parallelizable]
public class SentimentEndpointTests
{
    private const float Rounding = 1e-5f;

    private TestServer _server = null!;
    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TestServer.StartAsync("Limits:Texts=20");
        _model = TestRepository.Load(seed: 4);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        _model.Dispose();
    }

    [Test]
    public async Task Answer_OneText_IsTheLibrarys()
    {
        var answer = await _server.PostAsync("/sentiment", new { text = "word3 word9" });

        AssertPrediction(answer.Json, _model.Predict("word3 word9"));
        Assert.That(
            answer.Json.EnumerateObject().Select(p => p.Name), Is.EqualTo(["label", "probability", "probabilities"]));
    }

    [Test]
    public async Task Answer_Texts_AreTheLibrarysInTheirOrder()
    {
        string[] texts = ["word3", "", "word9 word8 word7"];

        var results = (
            await _server.PostAsync("/sentiment", new { texts })).Json.GetProperty("results").EnumerateArray().ToList();

        foreach (var (result, prediction) in results.Zip(_model.Predict(texts)))
        {
            AssertPrediction(result, prediction);
        }

        Assert.That(results, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Answer_NoTexts_IsAnEmptyList() =>
        Assert.That((await _server.PostAsync("/sentiment", """{"texts":[]}""")).Text, Is.EqualTo("""{"results":[]}"""));

    [Test]
    public async Task Answer_Explained_HasEachTokensWeight()
    {
        const string Text = "Unheard 👩 word3, word9";
        var expected = _model.Explain(Text);

        var answer = await _server.PostAsync("/sentiment", new { text = Text, explain = true, model = "tiny" });

        AssertPrediction(answer.Json, expected.Prediction);
        var tokens = answer.Json.GetProperty("tokens").EnumerateArray().ToList();
        Assert.That(
            tokens.Select(
                t => (t.GetProperty("start").GetInt32(),
                    t.GetProperty("length").GetInt32(), t.GetProperty("known").GetBoolean())),
            Is.EqualTo(expected.Tokens.Select(t => (t.Start, t.Length, t.IsKnown))));
        Assert.That(tokens.Select(t => t.GetProperty("weight").GetSingle()),
            Is.EqualTo(expected.Tokens.Select(t => t.Weight)).Within(Rounding));
        Assert.That(tokens.Select(t => t.GetProperty("known").GetBoolean()), Does.Contain(false).And.Contain(true));
    }

    [Test]
    public async Task Answer_SeveralExplained_HasTokensForEach()
    {
        var results = (
            await _server.PostAsync("/sentiment",
                new { texts = new[] { "word3", "word4 word5" }, explain = true })).Json.GetProperty("results");

        Assert.That(results.EnumerateArray().Select(r => r.GetProperty("tokens").GetArrayLength()), Is.EqualTo([1, 2]));
    }

    [TestCase("secret", 400, "in JSON")]
    [TestCase("", 400, "in JSON")]
    [TestCase("""{"text":7}""", 400, "or of another form")]
    [TestCase("""{"text":"secret \ud800"}""", 400, "or of another form")]
    [TestCase("{}", 400, "give either 'text' or 'texts'")]
    [TestCase("""{"text":"a","texts":["secret"]}""", 400, "give either 'text' or 'texts'")]
    [TestCase("""{"texts":["a",null]}""", 400, "Text 1 is null")]
    [TestCase("""{"text":"a","model":"other"}""", 404, "unknown model: 'other'")]
    [TestCase("""{"text":"a","model":"secret words"}""", 404, "of other characters")]
    public async Task Answer_WrongBody_IsRefusedWithASentence(string body, int status, string message)
    {
        var answer = await _server.PostAsync("/sentiment", body);

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(answer.Error, Does.Contain(message).And.Not.Contain("secret"));
    }

    [Test]
    public async Task Answer_TooManyOrTooLongTexts_AreRefused()
    {
        var many = await _server.PostAsync("/sentiment", new { texts = Enumerable.Repeat("", 21) });
        var wide = await _server.PostAsync("/sentiment", new { text = new string('a', 100_001), explain = true });

        Assert.That((many.Status, wide.Status), Is.EqualTo((413, 413)));
        Assert.That(many.Error, Does.Contain("21 texts"));
        Assert.That(wide.Error, Does.Contain("100001 UTF-16 units"));
    }

    [Test]
    public async Task Answer_OtherContentType_Is415()
    {
        var answer = await _server.PostAsync("/sentiment", """{"text":"a"}""", "text/plain");

        Assert.That(answer.Status, Is.EqualTo(415));
        Assert.That(answer.Error, Does.Contain("'Content-Type: application/json'"));
    }

    [Test]
    public async Task Answer_SeveralModels_AsksForOneUnlessASettingNamesIt()
    {
        using var repository = new TestRepository().Add().Add(name: "other", seed: 5);
        await using var undecided = await TestServer.StartAsync(repository);
        await using var decided = await TestServer.StartAsync(repository, "Models:Default=other");

        Assert.That((await undecided.PostAsync("/sentiment", new { text = "word3" })).Error,
            Does.Contain("name one as 'model'"));
        AssertPrediction((await undecided.PostAsync("/sentiment", new { text = "word3", model = "tiny" })).Json,
            _model.Predict("word3"));
        using var other = TestRepository.Load(seed: 5);
        AssertPrediction((await decided.PostAsync("/sentiment", new { text = "word3" })).Json, other.Predict("word3"));
    }

    [Test]
    public async Task Answer_NoModel_IsUnavailable()
    {
        using var repository = new TestRepository();
        await using var empty = await TestServer.StartAsync(repository);

        var answer = await empty.PostAsync("/sentiment", new { text = "word3" });

        Assert.That((answer.Status, answer.Error), Is.EqualTo((503, "No model is served.")));
    }

    [Test]
    public async Task Answer_OneModelServedBesideOthers_ComesFromIt()
    {
        using var repository = new TestRepository().Add().Add(
            name: "broken", version: 1, model: [1, 2, 3]).Add(name: "second", seed: 5);
        await using var server = await TestServer.StartAsync(repository);
        await server.PostAsync("/v2/repository/models/second/unload");

        AssertPrediction((await server.PostAsync("/sentiment", new { text = "word3" })).Json, _model.Predict("word3"));
    }

    [Test]
    public async Task Answer_OnlyModelUnloaded_IsUnavailable()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/v2/repository/models/tiny/unload");

        Assert.That((await server.PostAsync("/sentiment", new { text = "word3" })).Status, Is.EqualTo(503));
    }

    private static void AssertPrediction(JsonElement answer, SentimentPrediction expected)
    {
        Assert.That(answer.GetProperty("label").GetString(), Is.EqualTo(expected.Label));
        Assert.That(answer.GetProperty("probability").GetSingle(), Is.EqualTo(expected.Probability).Within(Rounding));
        var probabilities = answer.GetProperty("probabilities").EnumerateObject().ToList();
        Assert.That(probabilities.Select(p => p.Name), Is.EqualTo(["negative", "positive"]));
        Assert.That(
            probabilities.Select(p => p.Value.GetSingle()), Is.EqualTo(expected.Probabilities).Within(Rounding));
    }
}
