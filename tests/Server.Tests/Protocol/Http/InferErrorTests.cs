namespace OnnxSentiment.Server.Tests;

/// <summary>What is wrong with a request, in a sentence that tells nothing of a text.</summary>
[Parallelizable]
public class InferErrorTests
{
    private const string Path = "/v2/models/tiny/infer";

    private const string Text = """{"name":"text","datatype":"BYTES","shape":[1],"data":["word3"]}""";

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        _server = await TestServer.StartAsync("Limits:Texts=20", "Limits:TextLength=100000", "Limits:Tokens=100");

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCaseSource(nameof(WrongBodies))]
    [TestCaseSource(nameof(WrongInputs))]
    [TestCaseSource(nameof(WrongValues))]
    [TestCaseSource(nameof(WrongOutputs))]
    [TestCaseSource(nameof(WrongSizes))]
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
        var answer = await _server.PostAsync(path, Inputs(Text));

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Error, Does.Contain(message).And.Not.Contain("secret"));
    }

    private static IEnumerable<TestCaseData> WrongBodies()
    {
        yield return Case("NoJson", "secret words", "The body is not an inference request in JSON");
        yield return Case("HalfOfAJson", """{"inputs":[""", "line 1, byte");
        yield return Case("EmptyBody", "", "no valid JSON");
        yield return Case("Null", "null", "The body is null");
        yield return Case("Array", "[]", "or of another form");
        yield return Case("InputsOfAnotherForm", """{"inputs":{"a":1}}""", "or of another form");
        yield return Case("NullAsInput", """{"inputs":[null]}""", "element 0 of 'inputs' is null");
        yield return Case(
            "NullAsOutput", Inputs(Text, ""","outputs":[{"name":"label"},null]"""), "element 1 of 'outputs' is null");
        yield return Case("NoInputs", "{}", "expected 1 input but got 0 inputs for model 'tiny'");
        yield return Case("BothInputs",
            Inputs($$"""{{Text}},{"name":"input_ids","datatype":"INT64","shape":[1,1],"data":[1]}"""), "got 2 inputs");
        yield return Case("TimeoutOfAnotherKind",
            Inputs(Text, ""","parameters":{"timeout":"secret"}"""), "parameter 'timeout' has to be a whole number");
        yield return Case("BinaryFlagOfAnotherKind",
            Inputs(Text, ""","parameters":{"binary_data_output":"secret"}"""), "has to be true or false");
    }

    private static IEnumerable<TestCaseData> WrongInputs()
    {
        yield return Case(
            "UnknownInput",
            Inputs("""{"name":"secret","datatype":"BYTES","shape":[1],"data":["a"]}"""),
            "unexpected inference input 'secret'");
        yield return Case(
            "OtherDatatype",
            Inputs("""{"name":"input_ids","datatype":"INT32","shape":[1,2],"data":[1,4]}"""),
            "data-type is 'INT32', but model 'tiny' expects 'INT64'");
        yield return Case(
            "OtherRank",
            Inputs("""{"name":"input_ids","datatype":"INT64","shape":[2],"data":[1,4]}"""),
            "Expected [-1,-1], got [2]");
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
        yield return Case("EmptyBatch",
            Inputs("""{"name":"text","datatype":"BYTES","shape":[0],"data":[]}"""), "Expected [-1] or [-1,1], got [0]");
    }

    private static IEnumerable<TestCaseData> WrongValues()
    {
        yield return Case(
            "InputNameThatIsAText",
            Inputs("""{"name":"secret words","datatype":"BYTES","shape":[1],"data":["a"]}"""),
            "unexpected inference input of other characters");
        yield return Case("InputWithoutName",
            Inputs("""{"datatype":"BYTES","shape":[1],"data":["a"]}"""), "unexpected inference input");
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
    }

    private static IEnumerable<TestCaseData> WrongOutputs()
    {
        yield return Case(
            "OutputAskedForTwice",
            Inputs(Text, ""","outputs":[{"name":"label"},{"name":"logit"},{"name":"label"}]"""),
            "inference output 'label' is asked for more than once");
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
    }

    private static IEnumerable<TestCaseData> WrongSizes()
    {
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

    private static TestCaseData Case(string name, string body, string message, int status = 400) =>
        new TestCaseData(body, status, message).SetName($"Infer_{name}_IsRefused");

    private static string Inputs(string inputs, string more = "") => $$"""{"inputs":[{{inputs}}]{{more}}}""";

    private static string List(string value, int count) => string.Join(',', Enumerable.Repeat(value, count));
}
