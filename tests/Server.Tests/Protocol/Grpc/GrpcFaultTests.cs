using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using OnnxSentiment.Runtime.Tests;

namespace OnnxSentiment.Server.Tests;

/// <summary>What a client may do wrong, or have too much of; the next good request is answered each time.</summary>
public class GrpcFaultTests
{
    private const string Key = "first-key-0123456789";
    private const string Url = "Grpc:Url=http://127.0.0.1:0";

    [Test]
    public async Task Message_OfRandomBytes_IsInvalid()
    {
        await using var server = await TestServer.StartAsync(Url);
        using var client = new InferenceClient(server.GrpcAddress);
        var good = Requests.Texts("secret word3").ToByteArray();
        for (var seed = 0; seed < 200; seed++)
        {
            var error = await ErrorOrNullAsync(client.CallAsync("ModelInfer", Damaged(good, new Random(seed))));
            Assert.That(
                error?.StatusCode,
                Is.Null.Or.EqualTo(StatusCode.InvalidArgument).Or.EqualTo(StatusCode.NotFound),
                $"seed {seed}: {error?.Status.Detail}");
            Assert.That(error?.Status.Detail ?? "", Does.Not.Contain("secret"));
        }

        var noMessage = await InferenceClient.ErrorAsync(client.CallAsync("ModelInfer", [0xff, 0xff, 0xff]));
        Assert.That(noMessage.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(noMessage.Status.Detail, Does.Contain("no protobuf"));
        await client.InferAsync(Requests.Texts("word3"));
        Assert.That(server.Log.Messages, Has.None.Contains("secret"));
    }

    [Test]
    public async Task Keys_Set_AreAskedForEverywhereButAtHealth()
    {
        await using var server = await TestServer.StartAsync(Url, $"Security:ApiKeys:0={Key}");
        using var client = new InferenceClient(server.GrpcAddress);

        Assert.That((await client.LiveAsync()).Live && (await client.ReadyAsync()).Ready, Is.True);
        Func<Task>[] calls =
        [
            () => client.MetadataAsync(), () => client.ModelReadyAsync("tiny"), () => client.ModelMetadataAsync("tiny"),
            () => client.InferAsync(Requests.Texts("word3")), () => client.CallAsync("Other", []),
        ];
        foreach (var call in calls)
        {
            var error = await InferenceClient.ErrorAsync(call());
            Assert.That(error.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
            Assert.That(error.Status.Detail,
                Is.EqualTo("Send a known key, as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'."));
        }

        foreach (var header in new Metadata { { "authorization", $"Bearer {Key}" }, { "x-api-key", Key } })
        {
            await client.InferAsync(Requests.Texts("word3"), new CallOptions([header]));
        }
    }

    [TestCase("Batching:MaximumQueueLength=64", "Limits:Texts=64", "The queue is full")]
    [TestCase("Limits:Requests=1", "Limits:Texts=64", "1 requests are under way already")]
    public async Task Requests_AboveALimit_AreResourceExhausted(string limit, string texts, string message)
    {
        await using var server = await TestServer.StartAsync(Url, limit, texts);
        using var client = new InferenceClient(server.GrpcAddress);
        var request = Requests.Texts([.. Enumerable.Repeat("word3 word9", 64)]);
        RpcException? refused = null;
        await TestServer.UntilAsync(
            async () =>
            {
                var errors = await Task.WhenAll(
                    Enumerable.Range(0, 32).Select(_ => ErrorOrNullAsync(client.InferAsync(request))));
                Assert.That(errors.OfType<RpcException>().Select(error => error.StatusCode),
                    Has.All.EqualTo(StatusCode.ResourceExhausted));
                return (refused = errors.FirstOrDefault(error => error is not null)) is not null;
            },
            "a request is refused");

        Assert.That(refused!.Status.Detail, Does.Contain(message));
        Assert.That(refused.Trailers.GetValue("grpc-retry-pushback-ms"), Is.EqualTo("1000"));
        await client.InferAsync(request);
        Assert.That((await server.GetAsync("/metrics")).Text,
            Does.Contain("onnx_sentiment_server_errors_total{code=\"ResourceExhausted\"}")
            .And.Contain(
                "endpoint=\"/inference.GRPCInferenceService/ModelInfer\",status=\"ResourceExhausted\"")
                .And.Contain("status=\"OK\""));
    }

    [Test]
    public async Task Timeout_OfARequest_IsDeadlineExceeded()
    {
        await using var server = await TestServer.StartAsync(Url, "Batching:Enabled=false");
        using var client = new InferenceClient(server.GrpcAddress);
        var request = Requests.Texts([.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word3", 500)), 256)]);
        request.Parameters["timeout"] = new() { Int64Param = 1 };

        var error = await InferenceClient.ErrorAsync(client.InferAsync(request));

        Assert.That(error.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(error.Status.Detail, Does.Contain("not there before the deadline"));
        await client.InferAsync(Requests.Texts("word3"));
    }

    // Long enough for a busy machine to begin the request: one that is late before never reaches the server's code.
    [Test]
    public async Task Deadline_OfACall_IsTheRequests()
    {
        await using var server = await TestServer.StartAsync(Url, "Batching:Threads=1");
        using var client = new InferenceClient(server.GrpcAddress);
        using var gate = new WorkerGate();
        var running = client.InferAsync(Requests.Texts("word3"));
        gate.WaitUntilHeld();

        Assert.That(await CodeOfAsync(server, Requests.Texts("word4"), "grpc-timeout", "2S"),
            Is.EqualTo(StatusCode.DeadlineExceeded), "2 s, and a client that does not watch the time itself");

        await TestServer.UntilAsync(
            async () => (await server.GetAsync("/metrics")).Text.Contains(
                "errors_total{code=\"DeadlineExceeded\"}", StringComparison.Ordinal),
            "the request ends, as one that was too late");
        gate.Open();
        await running;
    }

    [Test]
    public async Task Call_Cancelled_EndsOnTheServer()
    {
        await using var server = await TestServer.StartAsync(Url, "Batching:Threads=1");
        using var client = new InferenceClient(server.GrpcAddress);
        var queue = server.Services.GetRequiredService<ModelRepository>().Served.Single().Queue;
        using var gate = new WorkerGate();
        var running = client.InferAsync(Requests.Texts("word3"));
        gate.WaitUntilHeld();
        using var source = new CancellationTokenSource();
        var call = ErrorOrNullAsync(client.InferAsync(
            Requests.Texts("word4", "word5"), new CallOptions(cancellationToken: source.Token)));
        await TestServer.UntilAsync(() => Task.FromResult(queue.QueueLength == 2), "the call waits");

        await source.CancelAsync();

        Assert.That((await call)?.StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await TestServer.UntilAsync(() => Task.FromResult(queue.QueueLength == 0), "its texts give their places free");
        gate.Open();
        await running;
        await TestServer.UntilAsync(
            async () => (await server.GetAsync("/metrics")).Text
                .Contains("errors_total{code=\"Cancelled\"}", StringComparison.Ordinal),
            "the server counts a cancelled request");
    }

    [Test]
    public async Task Message_Packed_IsNotUnpacked()
    {
        await using var server = await TestServer.StartAsync(Url);

        Assert.That(await CodeOfAsync(server, Requests.Texts("word3"), "grpc-encoding", "gzip"),
            Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(
            await CodeOfAsync(server, Requests.Texts("word3"), "grpc-encoding", "identity"), Is.EqualTo(StatusCode.OK));
    }

    [Test]
    public async Task Server_Stopping_EndsWhatIsUnderWay()
    {
        var server = await TestServer.StartAsync(Url, "Batching:Enabled=false");
        using var client = new InferenceClient(server.GrpcAddress);
        await client.InferAsync(Requests.Texts("word3"));
        var request = Requests.Texts([.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word3", 300)), 64)]);
        var calls = Enumerable.Range(0, 8).Select(_ => ErrorOrNullAsync(client.InferAsync(request))).ToList();
        await TestServer.UntilAsync(
            async () => (await server.GetAsync("/metrics")).Text.Contains(
                "queue_length{model=\"tiny\",version=\"1\"} 0", StringComparison.Ordinal) is false
                || calls.All(call => call.IsCompleted),
            "requests are under way");

        await server.DisposeAsync();

        Assert.That((await Task.WhenAll(calls)).Select(error => error?.StatusCode), Has.All.Null);
    }

    // A call as it goes over the wire, with a header that client libraries set themselves.
    private static async Task<StatusCode> CodeOfAsync(TestServer server, IMessage message, string header, string value)
    {
        var bytes = message.ToByteArray();
        byte[] frame = [(byte)(value == "gzip" ? 1 : 0), 0, 0, 0, 0, .. bytes];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(server.GrpcAddress, "/inference.GRPCInferenceService/ModelInfer"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new("application/grpc") } },
        };
        request.Headers.Add("te", "trailers");
        request.Headers.Add(header, value);
        using var response = await server.Client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        var code = response.TrailingHeaders.Concat(response.Headers).First(
            pair => pair.Key == "grpc-status").Value.Single();
        return (StatusCode)int.Parse(code, CultureInfo.InvariantCulture);
    }

    private static async Task<RpcException?> ErrorOrNullAsync(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (RpcException e)
        {
            return e;
        }
    }

    // Bytes of a good message changed, cut off, or others altogether.
    private static byte[] Damaged(byte[] good, Random random)
    {
        var bytes = random.Next(3) == 0 ? new byte[random.Next(1, 200)] : good[..random.Next(1, good.Length)];
        if (bytes.Length != good.Length && random.Next(2) == 0)
        {
            random.NextBytes(bytes);
        }

        bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        return bytes;
    }
}
