using Google.Protobuf;
using Grpc.Core;
using OnnxSentiment.Server.Proto;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// <c>ModelInfer</c>: typed and raw contents give what the library gives, and what cannot be computed is named.
/// </summary>
[Parallelizable]
public class ModelInferTests
{
    private static readonly string[] Texts = ["word3 word9", "", "word5 word5 word200 nonsense"];

    private static readonly Dictionary<string, (
        Action<ModelInferRequest> Change, string Message, StatusCode Code)> Wrong = new()
        {
            ["no input"] = (
                request => request.Inputs.Clear(), "expected 1 input but got 0", StatusCode.InvalidArgument),
            ["two inputs"] = (request => request.Inputs.Add(request.Inputs[0].Clone()),
            "expected 1 input but got 2", StatusCode.InvalidArgument),
            ["unknown input"] = (request => request.Inputs[0].Name = "image",
            "unexpected inference input 'image'", StatusCode.InvalidArgument),
            ["wrong type"] = (
            request => request.Inputs[0] = Requests.Input("text", "INT64", [1], new() { Int64Contents = { 1 } }),
            "data-type is 'INT64'",
            StatusCode.InvalidArgument),
            ["unknown type"] = (
            request => request.Inputs[0].Datatype = "FP16", "data-type is 'FP16'", StatusCode.InvalidArgument),
            ["more values than the shape"] = (
            request => request.Inputs[0].Shape[0] = 0, "has 1 values, but its shape [0]", StatusCode.InvalidArgument),
            ["negative shape"] = (
                request => request.Inputs[0].Shape[0] = -1, "its shape [-1]", StatusCode.InvalidArgument),
            ["overflowing shape"] = (request => request.Inputs[0].Shape.Add([long.MaxValue, long.MaxValue, 4]),
            "asks for another number", StatusCode.InvalidArgument),
            ["thousands of dimensions"] = (request => request.Inputs[0].Shape.Add(Enumerable.Repeat(1L, 5_000)),
            "got [1,1,1,1,1,1,1,1,…]", StatusCode.InvalidArgument),
            ["wrong rank"] = (request => request.Inputs[0].Shape.Add([1, 1]),
            "unexpected shape for input 'text'", StatusCode.InvalidArgument),
            ["no values"] = (request => request.Inputs[0].Contents = null, "has 0 values", StatusCode.InvalidArgument),
            ["values in another field"] = (request => request.Inputs[0].Contents = new() { Fp32Contents = { 1 } },
            "has 0 values", StatusCode.InvalidArgument),
            ["raw and typed"] = (request => request.RawInputContents.Add(ByteString.Empty),
            "give one for each input, and then no 'contents'", StatusCode.InvalidArgument),
            ["more raw contents than inputs"] = (
            request =>
            {
                request.Inputs[0].Contents = null;
                request.RawInputContents.Add([ByteString.Empty, ByteString.Empty]);
            },
            "there are 2 raw_input_contents for 1 inputs",
            StatusCode.InvalidArgument),
            ["raw text cut off"] = (
            request =>
            {
                request.Inputs[0].Contents = null;
                request.RawInputContents.Add(ByteString.CopyFrom(9, 0, 0, 0, 65));
            },
            "ends within a value",
            StatusCode.InvalidArgument),
            ["raw ids cut off"] = (
            request =>
            {
                request.Inputs[0] = Requests.Input("input_ids", "INT64", [1, 1], null);
                request.RawInputContents.Add(ByteString.CopyFrom(1, 2, 3));
            },
            "ends within a value",
            StatusCode.InvalidArgument),
            ["unknown id"] = (request => request.Inputs[0] = Requests.Ids([1, 99_999], 1, 2).Inputs[0],
            "does not know", StatusCode.InvalidArgument),
            ["unknown output"] = (
            request => request.For("embedding"), "unexpected inference output 'embedding'", StatusCode.InvalidArgument),
            ["output asked for twice"] = (request => request.For("label").For("logit").For("label"),
            "inference output 'label' is asked for more than once", StatusCode.InvalidArgument),
            ["classes of a label"] = (request => request.For("label", classes: 1),
            "classification is of the output 'probability'", StatusCode.InvalidArgument),
            ["timeout that is text"] = (
            request => request.Parameters["timeout"] = new InferParameter { StringParam = "secret" },
            "parameter 'timeout' has to be a whole number",
            StatusCode.InvalidArgument),
            ["negative timeout"] = (request => request.Parameters["timeout"] = new InferParameter { Int64Param = -1 },
            "parameter 'timeout' has to be a whole number", StatusCode.InvalidArgument),
            ["huge timeout"] = (
            request => request.Parameters["timeout"] = new InferParameter { Uint64Param = ulong.MaxValue },
            "parameter 'timeout' has to be a whole number",
            StatusCode.InvalidArgument),
            ["too many texts"] = (
            request => request.Inputs[0] = Requests.Texts([.. Enumerable.Repeat("secret", 9)]).Inputs[0],
            "has 9 texts, but at most 8",
            StatusCode.InvalidArgument),
            ["too long a text"] = (request => request.Inputs[0] = Requests.Texts(new string('x', 1001)).Inputs[0],
            "at most 1000", StatusCode.InvalidArgument),
            ["unknown model"] = (request => request.ModelName = "other", "'other' is not found", StatusCode.NotFound),
            ["unknown version"] = (
                request => request.ModelVersion = "3", "version 3 is not found", StatusCode.NotFound),
        };

    private TestServer _server = null!;
    private InferenceClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TestServer.StartAsync(
            "Grpc:Url=http://127.0.0.1:0", "Limits:Texts=8", "Limits:TextLength=1000", "Limits:BodyBytes=20000");
        _client = new InferenceClient(_server.GrpcAddress);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task ModelInfer_TypedTexts_AreWhatTheLibrarySays()
    {
        using var library = TestRepository.Load(seed: 4);
        var response = await _client.InferAsync(Requests.Texts(Texts));

        Assert.That(response.ModelName, Is.EqualTo("tiny"));
        Assert.That(response.ModelVersion, Is.EqualTo("1"));
        Assert.That(
            response.Outputs.Select(output => $"{output.Name} {output.Datatype} {string.Join(',', output.Shape)}"),
            Is.EqualTo(["logit FP32 3,1", "probability FP32 3,1", "label BYTES 3"]));
        Assert.That(response.RawOutputContents, Is.Empty);
        var expected = library.Predict(Texts);
        Assert.That(response.Outputs[0].Contents.Fp32Contents,
            Is.EqualTo(expected.Select(prediction => prediction.Logit)).Within(1e-5));
        Assert.That(response.Outputs[1].Contents.Fp32Contents,
            Is.EqualTo(expected.Select(prediction => prediction.Probability)).Within(1e-6));
        Assert.That(response.Outputs[2].Contents.BytesContents.Select(bytes => bytes.ToStringUtf8()),
            Is.EqualTo(expected.Select(prediction => prediction.Label)));
    }

    [Test]
    public async Task ModelInfer_RawTexts_AreAnsweredRaw()
    {
        using var library = TestRepository.Load(seed: 4);
        var response = await _client.InferAsync(Requests.RawTexts(Texts).For("probability").For("label"));

        Assert.That(response.Outputs.Select(output => output.Contents), Has.All.Null);
        Assert.That(response.RawFloats(0),
            Is.EqualTo(library.Predict(Texts).Select(prediction => prediction.Probability)).Within(1e-6));
        Assert.That(response.RawOutputContents[1].Length,
            Is.EqualTo(library.Predict(Texts).Sum(prediction => 4 + prediction.Label.Length)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ModelInfer_Ids_AreWhatTheLibrarySays(bool raw)
    {
        using var library = TestRepository.Load(seed: 4);
        long[] ids = [1, 9, 4, 1, 7, 0];
        var (logits, probabilities) = (new float[2], new float[2]);
        library.Score(ids, 3, logits, probabilities);

        var response = await _client.InferAsync(
            (raw ? Requests.RawIds(ids, 2, 3) : Requests.Ids(ids, 2, 3)).For("logit"));

        IEnumerable<float> values = raw ? response.RawFloats(0) : response.Outputs[0].Contents.Fp32Contents;
        Assert.That(values, Is.EqualTo(logits).Within(1e-5));
    }

    [Test]
    public async Task ModelInfer_IdVersionAndClasses_AreKept()
    {
        var request = Requests.Texts("word3").For("probability", classes: 2);
        (request.Id, request.ModelVersion) = ("7f", "1");
        request.Parameters["priority"] = new InferParameter { Uint64Param = 1 };
        request.Inputs[0].Parameters["content_type"] = new InferParameter { StringParam = "str" };

        var response = await _client.InferAsync(request);

        Assert.That(response.Id, Is.EqualTo("7f"));
        Assert.That(response.Outputs[0].Shape, Is.EqualTo([1L, 2]));
        Assert.That(response.Outputs[0].Contents.BytesContents.Select(bytes => bytes.ToStringUtf8().Split(':')[2]),
            Is.EquivalentTo(["negative", "positive"]));
    }

    [TestCaseSource(nameof(WrongRequests))]
    public async Task ModelInfer_WrongRequest_IsNamed(string what)
    {
        var (change, message, code) = Wrong[what];
        var request = Requests.Texts("secret");
        change(request);

        var error = await InferenceClient.ErrorAsync(_client.InferAsync(request));

        Assert.That(error.StatusCode, Is.EqualTo(code), error.Status.Detail);
        Assert.That(error.Status.Detail, Does.Contain(message).And.Not.Contain("secret"));
        await _client.InferAsync(Requests.Texts("word3"));
    }

    [Test]
    public async Task ModelInfer_MessageAboveTheLimit_IsResourceExhausted()
    {
        Assert.That((await InferenceClient.ErrorAsync(_client.CallAsync("ModelInfer", new byte[20_001]))).StatusCode,
            Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That((await InferenceClient.ErrorAsync(_client.CallAsync("ModelInfer", new byte[200_000]))).StatusCode,
            Is.EqualTo(StatusCode.ResourceExhausted));
        await _client.InferAsync(Requests.Texts("word3"));
    }

    [Test]
    public async Task ModelInfer_LargestMessage_IsRead()
    {
        var request = Requests.Texts("word3");
        request.Id = new string('i', 20_000 - request.CalculateSize() - 4);

        Assert.That(request.CalculateSize(), Is.EqualTo(20_000));
        Assert.That((await _client.InferAsync(request)).Id, Is.EqualTo(request.Id));
    }

    private static IEnumerable<string> WrongRequests() => Wrong.Keys;
}
