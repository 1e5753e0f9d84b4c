using Grpc.Core;
using OnnxSentiment.Server.Proto;

namespace OnnxSentiment.Server.Tests;

/// <summary>The calls about server and models.</summary>
[Parallelizable]
public class GrpcInferenceServiceTests
{
    private TestServer _server = null!;
    private InferenceClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TestServer.StartAsync("Grpc:Url=http://127.0.0.1:0");
        _client = new InferenceClient(_server.GrpcAddress);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task ServerLiveAndServerReady_WithAModel_AreTrue()
    {
        Assert.That((await _client.LiveAsync()).Live, Is.True);
        Assert.That((await _client.ReadyAsync()).Ready, Is.True);
    }

    [Test]
    public async Task ServerReady_WithoutAModel_IsFalse()
    {
        using var repository = new TestRepository();
        await using var server = await TestServer.StartAsync(repository, "Grpc:Url=http://127.0.0.1:0");
        using var client = new InferenceClient(server.GrpcAddress);

        Assert.That((await client.ReadyAsync()).Ready, Is.False);
        Assert.That((await client.LiveAsync()).Live, Is.True);
    }

    [Test]
    public async Task ServerMetadata_Asked_IsThatOfHttp()
    {
        var metadata = await _client.MetadataAsync();
        var overHttp = (await _server.GetAsync("/v2")).Json;

        Assert.That(metadata.Name, Is.EqualTo(overHttp.GetProperty("name").GetString()));
        Assert.That(metadata.Version, Is.EqualTo(overHttp.GetProperty("version").GetString()));
        Assert.That(
            metadata.Extensions, Is.EquivalentTo(["classification", "parameters"]), "those that this protocol has");
    }

    [TestCase("tiny", "", true)]
    [TestCase("tiny", "1", true)]
    [TestCase("tiny", "2", false)]
    [TestCase("tiny", "x", false)]
    [TestCase("other", "", false)]
    [TestCase("../tiny", "", false)]
    [TestCase("", "", false)]
    public async Task ModelReady_OfAModel_SaysWhetherItIsServed(string name, string version, bool ready) =>
        Assert.That((await _client.ModelReadyAsync(name, version)).Ready, Is.EqualTo(ready));

    [Test]
    public async Task ModelMetadata_OfAModel_HasItsTensors()
    {
        var metadata = await _client.ModelMetadataAsync("tiny");

        Assert.That(metadata.Name, Is.EqualTo("tiny"));
        Assert.That(metadata.Versions, Is.EqualTo(["1"]));
        Assert.That(metadata.Platform, Is.EqualTo("onnxruntime_onnx"));
        Assert.That(metadata.Inputs.Select(Line), Is.EqualTo(["input_ids INT64 -1,-1", "text BYTES -1"]));
        Assert.That(
            metadata.Outputs.Select(Line), Is.EqualTo(["logit FP32 -1,1", "probability FP32 -1,1", "label BYTES -1"]));

        static string Line(ModelMetadataResponse.Types.TensorMetadata tensor) =>
            $"{tensor.Name} {tensor.Datatype} {string.Join(',', tensor.Shape)}";
    }

    [TestCase("other", "", "'other' is not found")]
    [TestCase("tiny", "7", "'tiny' version 7 is not found")]
    [TestCase("..", "", "is not found")]
    public async Task ModelMetadata_OfAnUnknownModel_IsNotFound(string name, string version, string message)
    {
        var error = await InferenceClient.ErrorAsync(_client.ModelMetadataAsync(name, version));

        Assert.That(error.StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(error.Status.Detail, Does.Contain(message));
    }

    [Test]
    public async Task ModelMetadata_OfAnUnloadedModel_IsUnavailable()
    {
        await using var server = await TestServer.StartAsync("Grpc:Url=http://127.0.0.1:0");
        using var client = new InferenceClient(server.GrpcAddress);
        await server.PostAsync("/v2/repository/models/tiny/unload");

        Assert.That((await InferenceClient.ErrorAsync(client.ModelMetadataAsync("tiny"))).StatusCode,
            Is.EqualTo(StatusCode.Unavailable));
        Assert.That((await client.ModelReadyAsync("tiny")).Ready, Is.False);
    }

    [Test]
    public async Task Call_ThatTheServiceDoesNotHave_IsUnimplemented() =>
        Assert.That((await InferenceClient.ErrorAsync(_client.CallAsync("ModelStreamInfer", []))).StatusCode,
            Is.EqualTo(StatusCode.Unimplemented));

    [Test]
    public async Task Address_LeftEmpty_ServesHttpAlone()
    {
        await using var server = await TestServer.StartAsync();

        Assert.That(server.GrpcAddress, Is.EqualTo(server.Address), "there is one address");
        await server.AssertAnswersAsync();
    }
}
