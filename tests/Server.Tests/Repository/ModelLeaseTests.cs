using Microsoft.Extensions.DependencyInjection;

namespace OnnxSentiment.Server.Tests;

/// <summary>Every answer gives its version back, so that the memory is freed when the version is unloaded.</summary>
[Parallelizable]
public class ModelLeaseTests
{
    private const string Infer =
        """{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["word3"]}]}""";

    [TestCase("/sentiment", """{"text":"word3"}""", 200)]
    [TestCase("/sentiment", """{"text":"word3","explain":true}""", 200)]
    [TestCase("/v2/models/tiny/infer", Infer, 200)]
    [TestCase("/v2/models/tiny/infer", """{"inputs":[]}""", 400)]
    [TestCase("/v2/models/tiny/versions/1/infer", Infer, 200)]
    public async Task Post_ThenUnload_FreesTheVersion(string path, string body, int status)
    {
        await using var server = await TestServer.StartAsync();

        await AssertFreed(server, async () =>
            Assert.That((await server.PostAsync(path, body)).Status, Is.EqualTo(status)));
    }

    [TestCase("/v2/models/tiny")]
    [TestCase("/v2/models/tiny/ready")]
    [TestCase("/v2/models/tiny/stats")]
    [TestCase("/v2/models/stats")]
    [TestCase("/v2/models/tiny/versions/1/stats")]
    [TestCase("/metrics")]
    public async Task Get_ThenUnload_FreesTheVersion(string path)
    {
        await using var server = await TestServer.StartAsync();

        await AssertFreed(server, async () =>
            Assert.That((await server.GetAsync(path)).Status, Is.EqualTo(200)));
    }

    [Test]
    public async Task Calls_ThenUnload_FreeTheVersion()
    {
        await using var server = await TestServer.StartAsync("Grpc:Url=http://127.0.0.1:0");
        using var client = new InferenceClient(server.GrpcAddress);

        await AssertFreed(server, async () =>
        {
            await client.InferAsync(Requests.Texts("word3"));
            await client.ModelMetadataAsync("tiny");
            await client.ModelReadyAsync("tiny");
        });
    }

    [Test]
    public async Task Lease_Held_KeepsTheVersion()
    {
        await using var server = await TestServer.StartAsync();
        var repository = server.Services.GetRequiredService<ModelRepository>();
        var lease = repository.Lease("tiny", version: null);

        await repository.UnloadAsync("tiny", CancellationToken.None);
        Assert.That(lease.Version.Freed.IsCompleted, Is.False);

        lease.Dispose();
        Assert.That(lease.Version.Freed.IsCompleted, Is.True);
    }

    private static async Task AssertFreed(TestServer server, Func<Task> ask)
    {
        var repository = server.Services.GetRequiredService<ModelRepository>();
        var version = repository.Served.Single();
        await ask();

        await repository.UnloadAsync("tiny", CancellationToken.None);

        // A request's end may come a moment after its answer.
        Assert.That(async () => await version.Freed.WaitAsync(TimeSpan.FromSeconds(30)), Throws.Nothing);
    }
}
