using Microsoft.Extensions.DependencyInjection;

namespace OnnxSentiment.Server.Tests;

/// <summary>Triton's extensions: index, load, unload, statistics.</summary>
[Parallelizable]
public class RepositoryEndpointsTests
{
    private TestServer _server = null!;
    private TestRepository _repository = null!;

    [SetUp]
    public async Task Start()
    {
        _repository = new TestRepository().Add().Add(name: "broken", version: 1, model: [1, 2, 3]);
        _server = await TestServer.StartAsync(_repository);
    }

    [TearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        _repository.Dispose();
    }

    [Test]
    public async Task Index_OfEverything_SaysWhyAVersionIsNotServed()
    {
        var index = (await _server.PostAsync("/v2/repository/index")).Json.EnumerateArray().ToList();

        Assert.That(
            index.Select(
                entry => $"{entry.GetProperty("name")} {entry.GetProperty("version")} {entry.GetProperty("state")}"),
            Is.EqualTo(["broken 1 UNAVAILABLE", "tiny 1 READY"]));
        Assert.That(index[0].GetProperty("reason").GetString(), Does.Contain("model.onnx' cannot be used"));
        Assert.That(index[1].GetProperty("reason").GetString(), Is.Empty);
    }

    [Test]
    public async Task Index_OfWhatIsReady_LeavesOutTheRest() =>
        Assert.That((await _server.PostAsync("/v2/repository/index", """{"ready":true}""")).Json.GetArrayLength(),
            Is.EqualTo(1));

    [TestCase("secret")]
    [TestCase("""{"ready":"secret"}""")]
    public async Task Index_WrongBody_IsRefused(string body) =>
        Assert.That((await _server.PostAsync("/v2/repository/index", body)).Error,
            Does.Contain("not an index request").And.Not.Contain("secret"));

    [Test]
    public async Task Unload_ThenLoad_StopsAndServesAgain()
    {
        Assert.That((await _server.PostAsync("/v2/repository/models/tiny/unload")).Status, Is.EqualTo(200));
        await _server.LookTwiceAsync();

        var infer = await _server.PostAsync("/v2/models/tiny/infer", "{}");
        Assert.That(infer.Status, Is.EqualTo(503), "and the watcher leaves it unloaded");
        Assert.That(infer.Error, Is.EqualTo("Request for unknown model: 'tiny' has no available versions"));
        Assert.That((await _server.GetAsync("/v2/models/tiny/ready")).Status, Is.EqualTo(503));
        Assert.That((await _server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(503));
        Assert.That((await _server.GetAsync("/v2/health/live")).Status, Is.EqualTo(200));

        Assert.That((await _server.PostAsync("/v2/repository/models/tiny/load", "{}")).Status, Is.EqualTo(200));
        Assert.That((await _server.GetAsync("/v2/models/tiny/ready")).Status, Is.EqualTo(200));
        await _server.PostAsync("/v2/repository/models/broken/unload");
    }

    [Test]
    public async Task Load_BrokenModel_SaysWhy()
    {
        var answer = await _server.PostAsync("/v2/repository/models/broken/load");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error, Does.StartWith("failed to load 'broken' version 1: ").And.Contain("cannot be used"));
    }

    [TestCase("other")]
    [TestCase("..")]
    [TestCase("..%2F..%2Ftmp")]
    [TestCase("%2Fetc")]
    [TestCase("a%00b")]
    public async Task Load_NameThatIsNoModel_IsNotFound(string name)
    {
        foreach (var action in new[] { "load", "unload" })
        {
            var answer = await _server.PostAsync($"/v2/repository/models/{name}/{action}");
            Assert.That(answer.Status, Is.EqualTo(404).Or.EqualTo(400), $"{action}: {answer.Text}");
        }
    }

    [TestCase("""{"parameters":{"config":"{}"}}""")]
    [TestCase("""{"parameters":{"file:1/model.onnx":"AAAA"}}""")]
    public async Task Load_WithParameters_IsRefused(string body) =>
        Assert.That((await _server.PostAsync("/v2/repository/models/tiny/load", body)).Error,
            Does.Contain("takes no parameters"));

    [Test]
    public async Task LoadAndUnload_WhereSettingsForbidIt_AreRefused()
    {
        await using var server = await TestServer.StartAsync("Models:Control=false");
        foreach (var action in new[] { "load", "unload" })
        {
            var answer = await server.PostAsync($"/v2/repository/models/tiny/{action}");
            Assert.That(answer.Status, Is.EqualTo(400));
            Assert.That(answer.Error, Does.Contain("load / unload is not allowed"));
        }

        await server.AssertAnswersAsync();
    }

    [TestCase("/v2/models/stats")]
    [TestCase("/v2/models/tiny/stats")]
    [TestCase("/v2/models/tiny/versions/1/stats")]
    public async Task Statistics_AfterRequests_CountThem(string path)
    {
        await _server.PostAsync("/v2/models/tiny/infer",
            """{"inputs":[{"name":"text","datatype":"BYTES","shape":[2],"data":["word3","word4"]}]}""");
        await _server.PostAsync("/v2/models/tiny/infer", "{}");
        await _server.PostAsync("/sentiment", new { text = "word3" });
        await _server.PostAsync("/sentiment", new { text = "word3", explain = true });

        var stats = (await _server.GetAsync(path)).Json.GetProperty("model_stats").EnumerateArray().Single();

        Assert.That(stats.GetProperty("name").GetString(), Is.EqualTo("tiny"));
        Assert.That(stats.GetProperty("version").GetString(), Is.EqualTo("1"));
        Assert.That(stats.GetProperty("inference_count").GetInt64(), Is.EqualTo(3), "texts, explanations aside");
        Assert.That(stats.GetProperty("execution_count").GetInt64(), Is.InRange(2, 3));
        Assert.That(stats.GetProperty("last_inference").GetInt64(), Is.GreaterThan(1_700_000_000_000));
        var queue = _server.Services.GetRequiredService<ModelRepository>().Served.Single().Queue.Statistics;
        var times = stats.GetProperty("inference_stats");
        Assert.That(times.GetProperty("success").GetProperty("count").GetInt64(), Is.EqualTo(3), "requests");
        Assert.That(times.GetProperty("success").GetProperty("ns").GetInt64(), Is.GreaterThan(0));
        Assert.That(times.GetProperty("fail").GetProperty("count").GetInt64(), Is.EqualTo(1));
        Assert.That(times.GetProperty("queue").GetProperty("count").GetInt64(), Is.EqualTo(3));
        Assert.That(times.GetProperty("queue").GetProperty("ns").GetInt64(), Is.EqualTo(queue.QueueTime.Ticks * 100));
        Assert.That(
            times.GetProperty("compute_infer").GetProperty("ns").GetInt64(), Is.EqualTo(queue.RunTime.Ticks * 100));
        Assert.That(times.EnumerateObject().Select(p => p.Name),
            Is.EqualTo(["success", "fail", "queue", "compute_input", "compute_infer", "compute_output"]));
    }
}
