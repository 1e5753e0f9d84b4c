using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime.Tests;

namespace OnnxSentiment.Server.Tests;

/// <summary>More than can be computed: refusals at once, deadlines, callers that go.</summary>
public class LoadTests
{
    // Its only worker held, so that texts wait for certain.
    private static readonly string[] OneWorker =
        ["Batching:MaximumQueueLength=3", "Limits:Texts=3", "Batching:Threads=1"];

    [Test]
    public async Task Infer_QueueFull_IsRefusedAtOnceWithRetryAfter()
    {
        await using var server = await TestServer.StartAsync(OneWorker);
        using var gate = new WorkerGate();
        var running = server.PostAsync("/sentiment", new { text = "word3" });
        gate.WaitUntilHeld();
        var waiting = server.PostAsync("/sentiment", new { texts = new[] { "word4", "word5" } });
        await UntilWaiting(server, 2);

        var refused = await server.PostAsync("/sentiment", new { texts = new[] { "word6", "word7" } });

        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Error, Is.EqualTo("The queue is full: 2 texts wait; try again in a second."));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(
            (await server.GetAsync("/metrics")).Text,
            Does.Contain(
                "onnx_sentiment_server_queue_length{model=\"tiny\",version=\"1\"} "
                + "2").And.Contain("onnx_sentiment_server_errors_total{code=\"ResourceExhausted\"} 1"));
        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(200));
        gate.Open();
        Assert.That(((await running).Status, (await waiting).Status), Is.EqualTo((200, 200)));
        Assert.That(gate.Batches, Is.EqualTo(new[] { 1, 2 }), "two callers' texts share a run");
    }

    [Test]
    public async Task Infer_BatchingOff_RunsEachTextByItself()
    {
        await using var server = await TestServer.StartAsync([.. OneWorker, "Batching:Enabled=false"]);
        using var gate = new WorkerGate(open: true);

        await server.PostAsync("/sentiment", new { texts = new[] { "word4", "word5", "word6" } });

        Assert.That(gate.Batches, Is.EqualTo(new[] { 1, 1, 1 }));
    }

    [Test]
    public async Task Infer_OwnDeadlinePassed_Is504AndCostsNothing()
    {
        await using var server = await TestServer.StartAsync(OneWorker);
        using var gate = new WorkerGate();
        var running = server.PostAsync("/sentiment", new { text = "word3" });
        gate.WaitUntilHeld();

        var late = await server.PostAsync(
            "/v2/models/tiny/infer",
            """
            {"parameters":{"timeout":1000},
             "inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["word4"]}]}
            """);

        Assert.That(late.Status, Is.EqualTo(504));
        Assert.That(late.Error, Does.Contain("before the deadline"));
        gate.Open();
        Assert.That((await running).Status, Is.EqualTo(200));
        Assert.That(gate.Batches, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Infer_ServersDeadlinePassed_Is504()
    {
        await using var server = await TestServer.StartAsync([.. OneWorker, "Batching:Deadline=00:00:00.05"]);
        using var gate = new WorkerGate();
        var running = server.PostAsync("/sentiment", new { text = "word3" });
        gate.WaitUntilHeld();

        // A text may pass its deadline before the worker comes for it; then this one is held in its place, or late as
        // well.
        Assert.That((await server.PostAsync("/sentiment", new { text = "word4" })).Status, Is.EqualTo(504));
        gate.Open();
        await running;
        await server.AssertAnswersAsync();
    }

    [Test]
    public async Task Infer_CallerGone_GivesItsPlaceFreeAndCostsNothing()
    {
        await using var server = await TestServer.StartAsync(OneWorker);
        using var gate = new WorkerGate();
        var running = server.PostAsync("/sentiment", new { text = "word3" });
        gate.WaitUntilHeld();
        using var gone = new CancellationTokenSource();
        using var body = new StringContent("""{"texts":["word4","word5","word6"]}""",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var call = server.Client.PostAsync("/sentiment", body, gone.Token);
        await UntilWaiting(server, 3);

        await gone.CancelAsync();

        await UntilWaiting(server, 0);
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        gate.Open();
        Assert.That((await running).Status, Is.EqualTo(200));
        Assert.That(gate.Batches, Is.EqualTo(new[] { 1 }));
        await TestServer.UntilAsync(
            async () => (await server.GetAsync("/metrics")).Text.Contains(
                "onnx_sentiment_server_errors_total{code=\"Cancelled\"} 1", StringComparison.Ordinal),
            "it is counted");
        Assert.That(server.Log.Of(Microsoft.Extensions.Logging.LogLevel.Error), Is.Empty);
    }

    [Test]
    public async Task Infer_TooManyRequests_AreRefusedAndHealthIsNot()
    {
        await using var server = await TestServer.StartAsync("Limits:Requests=1");
        using var body = new SlowContent();
        var slow = body.PostAsync(server.Client);
        await body.Begun;

        Assert.That((await server.PostAsync("/sentiment", new { text = "word3" })).Error,
            Does.Contain("1 requests are under way"));
        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(200));
        body.End();
        Assert.That((int)(await slow).StatusCode, Is.EqualTo(200));
        await server.AssertAnswersAsync();
    }

    [Test]
    public async Task Explain_TooManyWait_AreRefused()
    {
        await using var server = await TestServer.StartAsync("Limits:WaitingExplanations=0");
        var text = string.Concat(Enumerable.Repeat("word3 ", 12));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(
                _ => server.PostAsync("/sentiment", new { texts = Enumerable.Repeat(text, 20), explain = true })));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200).Or.EqualTo(429));
        Assert.That(answers.First(answer => answer.Status == 429).Error, Does.Contain("explanations wait"));
        Assert.That((await server.PostAsync("/sentiment", new { text, explain = true })).Status, Is.EqualTo(200));
    }

    [TestCase(100, 200)]
    [TestCase(3_000, 413)]
    public async Task Body_LargerThanTheLimit_Is413(int length, int status)
    {
        await using var server = await TestServer.StartAsync("Limits:BodyBytes=2000");

        var answer = await server.PostAsync("/sentiment", new { text = new string('a', length) });

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(status == 200 || answer.Error.Contains("larger than the server reads", StringComparison.Ordinal));
        await server.AssertAnswersAsync();
    }

    [TestCase("gzip", 100, 200)]
    [TestCase("gzip", 100_000, 413)]
    [TestCase("secret", 100, 415)]
    public async Task Body_Packed_IsBoundedByItsUnpackedLength(string encoding, int length, int status)
    {
        await using var server = await TestServer.StartAsync("Limits:BodyBytes=2000");
        using var packed = new MemoryStream();
        await using (
            var gzip = new System.IO.Compression.GZipStream(
                packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes($$"""{"text":"{{new string('a', length)}}"}"""));
        }

        Assert.That(packed.Length, Is.LessThan(2_000));
        Assert.That((await SendAsync(server, packed.ToArray(), encoding)).Status, Is.EqualTo(status));
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    public async Task Body_NotPackedAsItSays_IsRefused(string encoding)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendAsync(server, Encoding.UTF8.GetBytes("""{"text":"secret"}"""), encoding);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error, Is.EqualTo("The body is not packed as its Content-Encoding says."));
    }

    [TestCase("Limits:Texts=2000", "Limits:Texts is 2000, but has to lie between 1 and 1024")]
    [TestCase("Limits:BodyBytes=0", "Limits:BodyBytes is 0")]
    [TestCase("Limits:BodyBytes=secret", "settings of 'Limits' cannot be used")]
    [TestCase("Limit:Texts=1", "no section 'Limit' of settings; there are Models, Batching,")]
    [TestCase("Limits:Txts=1", "'Limits:Txts' is no setting; 'Limits' has BodyBytes, Texts,")]
    [TestCase("Batching:MaximumQueueLength=0", "MaximumQueueLength is 0")]
    [TestCase("Batching:Deadline=0", "Deadline is 00:00:00")]
    [TestCase("Models:Versions=0", "Models:Versions is 0")]
    [TestCase("Models:Device=toaster", "toaster")]
    [TestCase("Models:Repository=/nowhere", "There is no model repository '/nowhere'")]
    [TestCase("Shutdown:Delay=-1", "Shutdown:Delay")]
    [TestCase("urls=nonsense", "'nonsense' is no address")]
    [TestCase("Kestrel:Endpoints:Own:Url=nonsense", "'nonsense' is no address")]
    [TestCase(
        "Security:ApiKeys=0123456789abcdef",
        "'Security:ApiKeys' has a single value, but it is a list: give Security:ApiKeys:0,")]
    [TestCase("Security=0123456789abcdef", "'Security' has a value, but it is a section: it has ApiKeys,")]
    public void Settings_OutOfRange_AreRefusedWithASentence(string setting, string message)
    {
        using var repository = new TestRepository().Add();

        Assert.That(() => TestServer.StartAsync(repository, setting),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(message));
    }

    private static Task UntilWaiting(TestServer server, int texts)
    {
        var queue = server.Services.GetRequiredService<ModelRepository>().Served.Single().Queue;
        return TestServer.UntilAsync(() => Task.FromResult(queue.QueueLength == texts), $"{texts} texts wait");
    }

    private static Task<Answer> SendAsync(TestServer server, byte[] body, string encoding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        return server.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sentiment") { Content = content });
    }
}
