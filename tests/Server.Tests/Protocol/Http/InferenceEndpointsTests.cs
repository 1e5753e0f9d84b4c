namespace OnnxSentiment.Server.Tests;

/// <summary>What the protocol says of server and models.</summary>
[Parallelizable]
public class InferenceEndpointsTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Server_OfTheProtocol_NamesItsExtensions()
    {
        var server = (await _server.GetAsync("/v2")).Json;

        Assert.That(server.GetProperty("name").GetString(), Is.EqualTo("onnx-sentiment"));
        Assert.That(server.GetProperty("version").GetString(), Does.Match(@"^\d+\.\d+\.\d+$"));
        Assert.That(server.GetProperty("extensions").EnumerateArray().Select(e => e.GetString()),
            Is.SupersetOf(new[] { "binary_tensor_data", "model_repository", "statistics" }));
    }

    [TestCase("/v2/health/live")]
    [TestCase("/v2/health/ready")]
    [TestCase("/v2/models/tiny/ready")]
    [TestCase("/v2/models/tiny/versions/1/ready")]
    public async Task Health_OfWhatIsServed_Is200(string path) =>
        Assert.That((await _server.GetAsync(path)).Status, Is.EqualTo(200));

    [TestCase("/v2/models/tiny")]
    [TestCase("/v2/models/tiny/versions/1")]
    public async Task Model_ThatIsServed_SaysWhatItTakesAndGives(string path)
    {
        var model = (await _server.GetAsync(path)).Json;

        Assert.That(model.GetProperty("name").GetString(), Is.EqualTo("tiny"));
        Assert.That(model.GetProperty("versions").GetRawText(), Is.EqualTo("""["1"]"""));
        Assert.That(model.GetProperty("platform").GetString(), Is.EqualTo("onnxruntime_onnx"));
        Assert.That(model.GetProperty("inputs").GetRawText(), Is.EqualTo(
            """[{"name":"input_ids","datatype":"INT64","shape":[-1,-1],"parameters":"""
            + """{"optional":true,"instead_of":"text"}},{"name":"text","datatype":"BYTES","shape":[-1],"parameters":"""
            + """{"optional":true,"instead_of":"input_ids"}}]"""));
        Assert.That(model.GetProperty("outputs").GetRawText(), Is.EqualTo(
            """[{"name":"logit","datatype":"FP32","shape":[-1,1]},"""
            + """{"name":"probability","datatype":"FP32","shape":[-1,1]},"""
            + """{"name":"label","datatype":"BYTES","shape":[-1]}]"""));
        Assert.That(model.GetProperty("parameters").GetProperty("labels").GetRawText(),
            Is.EqualTo("""["negative","positive"]"""));
    }

    [TestCase("/v2/models/other")]
    [TestCase("/v2/models/other/ready")]
    [TestCase("/v2/models/other/stats")]
    [TestCase("/v2/models/tiny/versions/7")]
    [TestCase("/v2/models/tiny/versions/7/ready")]
    [TestCase("/v2/models/tiny/versions/7/stats")]
    public async Task Model_ThatIsNotThere_Is404(string path)
    {
        var answer = await _server.GetAsync(path);

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Error, Does.StartWith("Request for unknown model: '").And.EndWith("is not found"));
    }

    [TestCase("/v1/models")]
    [TestCase("/v2/nothing")]
    public async Task Address_ThatIsNone_Is404(string path)
    {
        var answer = await _server.GetAsync(path);

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Error, Does.Contain("openapi/v1.json"));
    }
}
