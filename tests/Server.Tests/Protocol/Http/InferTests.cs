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

    private static IEnumerable<TestCaseData> Wrong()
    {
        const string Text = """{"name":"text","datatype":"BYTES","shape":[1],"data":["word3"]}""";
        static TestCaseData Case(string name, string body, string message, int status = 400) =>
            new TestCaseData(body, status, message).SetName($"Infer_{name}_IsRefused");
        static string Inputs(string inputs, string more = "") => $$"""{"inputs":[{{inputs}}]{{more}}}""";

        yield return Case("NoJson", "secret words", "The body is not an inference request in JSON");
        yield return Case("HalfOfAJson", """{"inputs":[""", "line 1, byte");
        yield return Case("EmptyBody", "", "no valid JSON");
        yield return Case("Null", "null", "The body is null");
        yield return Case("Array", "[]", "or of another form");
        yield return Case("InputsOfAnotherForm", """{"inputs":{"a":1}}""", "or of another form");
        yield return Case("NullAsInput", """{"inputs":[null]}""", "element 0 of 'inputs' is null");
        yield return Case(
            "NullAsOutput", Inputs(Text, ""","outputs":[{"name":"label"},null]"""), "element 1 of 'outputs' is null");
        yield return Case(
            "OutputAskedForTwice",
            Inputs(Text, ""","outputs":[{"name":"label"},{"name":"logit"},{"name":"label"}]"""),
            "inference output 'label' is asked for more than once");
        yield return Case("NoInputs", "{}", "expected 1 input but got 0 inputs for model 'tiny'");
        yield return Case("BothInputs",
            Inputs($$"""{{Text}},{"name":"input_ids","datatype":"INT64","shape":[1,1],"data":[1]}"""), "got 2 inputs");
        yield return Case(
            "UnknownInput",
            Inputs("""{"name":"secret","datatype":"BYTES","shape":[1],"data":["a"]}"""),
            "unexpected inference input 'secret'");
        yield return Case(
            "InputNameThatIsAText",
            Inputs("""{"name":"secret words","datatype":"BYTES","shape":[1],"data":["a"]}"""),
            "unexpected inference input of other characters");
        yield return Case("InputWithoutName",
            Inputs("""{"datatype":"BYTES","shape":[1],"data":["a"]}"""), "unexpected inference input");
        yield return Case(
            "OtherDatatype",
            Inputs("""{"name":"input_ids","datatype":"INT32","shape":[1,2],"data":[1,4]}"""),
            "data-type is 'INT32', but model 'tiny' expects 'INT64'");
        yield return Case(
            "OtherRank",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[2],"data":[1,4]}"""),
            "Expected [-1,-1], got [2]");
        yield return Case("EmptyBatch",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[0],"data":[]}"""), "Expected [-1] or [-1,1], got [0]");
        yield return Case(
            "RowOfTwoTexts",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[1,2],"data":["secret","b"]}"""),
            "Expected [-1] or [-1,1], got [1,2]");
        yield return Case(
            "TextOfRank3",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[1,1,1],"data":["secret"]}"""),
            "Expected [-1] or [-1,1], got [1,1,1]");
        yield return Case(
            "FewerValuesThanTheShape",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[2],"data":["secret"]}"""),
            "has 1 values, but its shape [2]");
        yield return Case("NegativeShape",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[-1],"data":["secret"]}"""), "its shape [-1]");
        yield return Case(
            "ShapeBeyondAllNumbers",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[4294967296,4294967296],"data":[1]}"""),
            "its shape");
        yield return Case(
            "NoShape", Inputs("""{"name":"text","datatype":"BYTES","data":["secret"]}"""), "has no 'shape'");
        yield return Case("NoData", Inputs("""{"name":"text","datatype":"BYTES","shape":[1]}"""), "neither 'data' nor");
        yield return Case("NumbersAsTexts",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[1],"data":[1]}"""), "has to be strings");
        yield return Case("NullAsText",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[1],"data":[null]}"""), "has to be strings");
        yield return Case("HalfASurrogatePair",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[1],"data":["secret \ud800"]}"""), "valid Unicode");
        yield return Case(
            "TextsAsIds",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[1,1],"data":["secret"]}"""),
            "has to be whole numbers");
        yield return Case(
            "FractionAsId",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[1,1],"data":[1.5]}"""),
            "has to be whole numbers");
        yield return Case(
            "IdBeyondTheVocabulary",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[1,2],"data":[1,50]}"""),
            "its vocabulary has the ids 0 to 49");
        yield return Case(
            "NegativeId",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[1,2],"data":[1,-1]}"""),
            "its vocabulary has the ids 0 to 49");
        yield return Case(
            "EmptyRow",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[2,2],"data":[1,4,0,0]}"""),
            "row 1 of input 'input_ids' is empty");
        yield return Case(
            "PaddingOnTheLeft",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[1,2],"data":[0,4]}"""),
            "pad with 0 on the right");
        yield return Case(
            "UnknownOutput",
            Inputs(Text, ""","outputs":[{"name":"secret"}]"""),
            "unexpected inference output 'secret' for model 'tiny': it has 'logit', 'probability', 'label'");
        yield return Case(
            "ClassificationOfLabels",
            Inputs(Text, ""","outputs":[{"name":"label","parameters":{"classification":1}}]"""),
            "classification is of the output 'probability'");
        yield return Case(
            "NegativeClassification",
            Inputs(Text, ""","outputs":[{"name":"probability","parameters":{"classification":-1}}]"""),
            "whole number from 0");
        yield return Case("TimeoutOfAnotherKind",
            Inputs(Text, ""","parameters":{"timeout":"secret"}"""), "parameter 'timeout' has to be a whole number");
        yield return Case("BinaryFlagOfAnotherKind",
            Inputs(Text, ""","parameters":{"binary_data_output":"secret"}"""), "has to be true or false");
        yield return Case(
            "TooManyTexts",
            Inputs($$"""{"name":"text","datatype":"BYTES","shape":[21],"data":[{{List("\"\"", 21)}}]}"""),
            "has 21 texts, but at most 20",
            413);
        yield return Case(
            "TextTooLong",
            Inputs($$"""{"name":"text","datatype":"BYTES","shape":[1],"data":["{{new string('a', 100_001)}}"]}"""),
            "Text 0 has 100001 UTF-16 units, but at most 100000",
            413);
        yield return Case(
            "TooManyTokens",
            Inputs($$"""{"name":"input_ids","datatype":"INT64","shape":[1,101],"data":[{{List("1", 101)}}]}"""),
            "has 101 ids, but at most 100",
            413);
        yield return Case(
            "TooManyRows",
            Inputs($$"""{"name":"input_ids","datatype":"INT64","shape":[21,1],"data":[{{List("1", 21)}}]}"""),
            "has 21 texts",
            413);
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task Infer_WrongRequest_IsRefusedWithASentence(string body, int status, string message)
    {
        var answer = await _server.PostAsync(Path, body);

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(answer.Error, Does.Contain(message).And.Not.Contain("secret words"));
        await _server.AssertAnswersAsync();
    }

    [TestCase("/v2/models/other/infer", 404, "Request for unknown model: 'other' is not found")]
    [TestCase("/v2/models/tiny/versions/2/infer", 404, "Request for unknown model: 'tiny' version 2 is not found")]
    [TestCase("/v2/models/tiny/versions/secret/infer", 404, "version of other characters")]
    [TestCase("/v2/models/..%2F..%2Fetc/infer", 404, "of other characters than names have")]
    [TestCase("/v2/models/secret%20words/infer", 404, "of other characters than names have")]
    public async Task Infer_UnknownModel_IsNotFound(string path, int status, string message)
    {
        var answer = await _server.PostAsync(path, Texts(["word3"]));

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Error, Does.Contain(message).And.Not.Contain("secret"));
    }

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

    private static string List(string value, int count) => string.Join(',', Enumerable.Repeat(value, count));

    private static JsonElement Output(Answer answer, string name) =>
        answer.Json.GetProperty("outputs").EnumerateArray().Single(
            output => output.GetProperty("name").GetString() == name);

    private static IEnumerable<float> Floats(JsonElement output) =>
        output.GetProperty("data").EnumerateArray().Select(value => value.GetSingle());

    private static IEnumerable<string?> Strings(JsonElement output) =>
        output.GetProperty("data").EnumerateArray().Select(value => value.GetString());
}
