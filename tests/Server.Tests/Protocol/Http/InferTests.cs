using System.Text.Json;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server.Tests;

/// <summary><c>POST …/infer</c> with JSON alone, against the library's own results.</summary>
[Parallelizable]
public class InferTests
{
    private const string Path = "/v2/models/tiny/infer";

    // Batches differ by rounding; see SentimentModel.Predict.
    private const float Rounding = 1e-5f;

    private TestServer _server = null!;
    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TestServer.StartAsync("Limits:Texts=20", "Limits:TextLength=100000", "Limits:Tokens=100");
        _model = TestRepository.Load(seed: 4);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        _model.Dispose();
    }

    [TestCase("/v2/models/tiny/infer")]
    [TestCase("/v2/models/tiny/versions/1/infer")]
    public async Task Infer_Texts_GivesTheLibrarysNumbersUnderTheModelsName(string path)
    {
        string[] texts = ["word3 word4", "word5", ""];

        var answer = await _server.PostAsync(path, Texts(texts, id: "a-7"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.ContentHeaders.ContentType?.MediaType, Is.EqualTo("application/json"));
        Assert.That(answer.Json.GetProperty("model_name").GetString(), Is.EqualTo("tiny"));
        Assert.That(answer.Json.GetProperty("model_version").GetString(), Is.EqualTo("1"));
        Assert.That(answer.Json.GetProperty("id").GetString(), Is.EqualTo("a-7"));
        AssertPredictions(answer, _model.Predict(texts));
    }

    [Test]
    public async Task Infer_HostileTexts_AreTheLibrarys()
    {
        string[] texts = [.. Runtime.Tests.TestTexts.Hostile.Select(WholeUnicode),
            .. Runtime.Tests.TestTexts.Random(seed: 1, count: 5).Select(WholeUnicode)];

        AssertPredictions(await _server.PostAsync(Path, Texts(texts)), _model.Predict(texts));
    }

    [TestCase("[2,1]")]
    [TestCase("[2]")]
    public async Task Infer_TextsOfEitherShape_AreTheSame(string shape)
    {
        var answer = await _server.PostAsync(Path,
            $$"""{"inputs":[{"name":"text","datatype":"BYTES","shape":{{shape}},"data":[["word3"],["word4"]]}]}""");

        AssertPredictions(answer, _model.Predict(["word3", "word4"]));
    }

    [TestCase("[1,4,5,1,6,0]")]
    [TestCase("[[1,4,5],[1,6,0]]")]
    public async Task Infer_Ids_GivesScores(string data)
    {
        var logits = new float[2];
        _model.Score([1, 4, 5, 1, 6, 0], 3, logits, new float[2]);

        var answer = await _server.PostAsync(
            Path, $$"""{"inputs":[{"name":"input_ids","datatype":"INT64","shape":[2,3],"data":{{data}}}]}""");

        Assert.That(Floats(Output(answer, "logit")), Is.EqualTo(logits).Within(Rounding));
    }

    [Test]
    public async Task Infer_OutputsAskedFor_ComeAloneAndInTheirOrder()
    {
        var answer = await _server.PostAsync(
            Path, Texts(["word3"], more: ""","outputs":[{"name":"label"},{"name":"logit"}]"""));

        Assert.That(answer.Json.GetProperty("outputs").EnumerateArray().Select(o => o.GetProperty("name").GetString()),
            Is.EqualTo(["label", "logit"]));
        Assert.That(answer.Json.TryGetProperty("id", out _), Is.False, "none was given");
    }

    [Test]
    public async Task Infer_Classification_GivesValueIndexAndLabel()
    {
        var prediction = _model.Predict("word3");

        var answer = await _server.PostAsync(
            Path,
            """
            {"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["word3"]}],
             "outputs":[{"name":"probability","parameters":{"classification":5}}]}
            """);

        var output = Output(answer, "probability");
        Assert.That(output.GetProperty("datatype").GetString(), Is.EqualTo("BYTES"));
        Assert.That(output.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), Is.EqualTo([1, 2]));
        var best = output.GetProperty("data")[0].GetString()!.Split(':');
        Assert.That(float.Parse(best[0], System.Globalization.CultureInfo.InvariantCulture),
            Is.EqualTo(prediction.Probabilities.Max()).Within(Rounding));
        Assert.That(best[2], Is.EqualTo(prediction.Label));
        Assert.That(best[1], Is.EqualTo(prediction.Label == "positive" ? "1" : "0"));
    }

    [TestCase("""{"timeout":30000000}""")]
    [TestCase("""{"timeout":0,"priority":1,"sequence_id":"x","anything":[1]}""")]
    [TestCase("{}")]
    public async Task Infer_Parameters_AreAccepted(string parameters)
    {
        var answer = await _server.PostAsync(
            Path,
            $$$"""
            {"parameters":{{{parameters}}},
             "inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["word3"],"parameters":{"x":1}}]}
            """);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("text/plain")]
    public async Task Infer_AnyContentType_IsReadAsJsonLikeTriton(string type) =>
        Assert.That((await _server.PostAsync(Path, Texts(["word3"]), type)).Status, Is.EqualTo(200));

    [Test]
    public async Task Infer_OtherMethod_IsNotAllowed()
    {
        var answer = await _server.GetAsync(Path);

        Assert.That(answer.Status, Is.EqualTo(405));
        Assert.That(answer.ContentHeaders.Allow, Is.EqualTo(["POST"]));
        Assert.That(answer.Error, Does.Contain("another method"));
    }

    [Test]
    public async Task Infer_MoreLabels_GivesARowOfEach()
    {
        using var repository = new TestRepository().Add(labels: 3);
        await using var server = await TestServer.StartAsync(repository);
        using var model = TestRepository.Load(seed: 4, labels: 3);

        var answer = await server.PostAsync(Path, Texts(["word3 word8", "word9"]));

        Assert.That(Output(answer, "logit").GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()),
            Is.EqualTo([2, 3]));
        var expected = model.Predict(["word3 word8", "word9"]);
        Assert.That(Floats(Output(answer, "logit")), Is.EqualTo(expected.SelectMany(p => p.Logits)).Within(Rounding));
        Assert.That(Floats(Output(answer, "probability")),
            Is.EqualTo(expected.SelectMany(p => p.Probabilities)).Within(Rounding));
        Assert.That(Strings(Output(answer, "label")), Is.EqualTo(expected.Select(p => p.Label)));
    }

    private static string WholeUnicode(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static void AssertPredictions(Answer answer, IReadOnlyList<SentimentPrediction> expected)
    {
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(Floats(Output(answer, "logit")), Is.EqualTo(expected.Select(p => p.Logit)).Within(Rounding));
        Assert.That(
            Floats(Output(answer, "probability")), Is.EqualTo(expected.Select(p => p.Probability)).Within(Rounding));
        Assert.That(Strings(Output(answer, "label")), Is.EqualTo(expected.Select(p => p.Label)));
    }

    private static string Texts(string[] texts, string? id = null, string more = "") =>
        $$"""
        {"id":{{JsonSerializer.Serialize(id)}},"inputs":[{"name":"text","datatype":"BYTES","shape":[{{texts.Length}}],
         "data":{{JsonSerializer.Serialize(texts)}}}]{{more}}}
        """;

    private static JsonElement Output(Answer answer, string name) =>
        answer.Json.GetProperty("outputs").EnumerateArray().Single(
            output => output.GetProperty("name").GetString() == name);

    private static IEnumerable<float> Floats(JsonElement output) =>
        output.GetProperty("data").EnumerateArray().Select(value => value.GetSingle());

    private static IEnumerable<string?> Strings(JsonElement output) =>
        output.GetProperty("data").EnumerateArray().Select(value => value.GetString());
}
