using System.Net.Sockets;
using System.Text;

namespace OnnxSentiment.Server.Tests;

/// <summary>Clients that break off, dawdle, or only sit there; the next good request is answered each time.</summary>
[Parallelizable]
public class ConnectionTests
{
    private const int IdleConnections = 10_000;

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TearDown]
    public async Task AssertAnswers() => await _server.AssertAnswersAsync();

    [TestCase(
        "POST /sentiment HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
        + "{\"text\":")]
    [TestCase(
        "POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"inp")]
    [TestCase("POST /sentiment HTTP/1.1\r\nHost: localhost\r\nContent-Type: appl")]
    [TestCase("GET")]
    [TestCase("")]
    public async Task Request_CutOffAndHalfClosed_Ends(string start)
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        await client.Client.SendAsync(Encoding.ASCII.GetBytes(start));
        client.Client.Shutdown(SocketShutdown.Send);

        var answer = await ReadToEndAsync(stream);

        Assert.That(answer, Is.Empty.Or.StartWith("HTTP/1.1 400"));
    }

    // Kestrel takes a half-closed connection for a closed one, so that the answer may not be sent any more.
    [Test]
    public async Task Request_HalfClosedAfterItsEnd_IsAnsweredOrEnds()
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        await client.Client.SendAsync(
            "GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);

        Assert.That(await ReadToEndAsync(stream), Is.Empty.Or.StartWith("HTTP/1.1 200"));
    }

    [TestCase("garbage garbage garbage\r\n\r\n")]
    [TestCase("GET / HTTP/9.9\r\n\r\n")]
    [TestCase("GET /v2 HTTP/1.1\r\n\r\n")]
    [TestCase("POST /sentiment HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n")]
    [TestCase(
        "POST /sentiment HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Request_ThatIsNoHttp_IsRefused(string request)
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        await client.Client.SendAsync(Encoding.ASCII.GetBytes(request));
        client.Client.Shutdown(SocketShutdown.Send);

        Assert.That(await ReadToEndAsync(stream), Does.Match(@"^$|^HTTP/1\.1 (4\d\d|505) "));
    }

    [Test]
    public async Task Request_ByteByByte_IsAnswered()
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        const string Text = "POST /sentiment HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"text\":\"word3\"}";
        foreach (var value in Encoding.ASCII.GetBytes(Text))
        {
            await client.Client.SendAsync(new[] { value });
        }

        Assert.That(await ReadToEndAsync(stream), Does.StartWith("HTTP/1.1 200"));
    }

    // Each connection is an open file at both ends, so that the ends are two processes: together they could have too
    // many.
    [Test]
    [Platform("Linux,MacOsX", Reason = "A process of its own, as in the other tests of processes.")]
    public async Task Connections_TenThousandIdle_DoNotKeepOthersFromAnswers()
    {
        using var repository = new TestRepository().Add();
        using var server = new ServerProcess(repository);
        await server.UntilReadyAsync();
        var idle = new List<TcpClient>();
        try
        {
            while (idle.Count < IdleConnections)
            {
                idle.Add(await ConnectAsync(server.Client.BaseAddress!));
            }

            Assert.That(await server.SentimentStatusAsync("word3"), Is.EqualTo(200));
            Assert.That(await server.Client.GetStringAsync("/metrics"),
                Does.Match($@"kestrel_active_connections{{[^}}]*}} {IdleConnections / 100}\d\d"));
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    private Task<TcpClient> ConnectAsync() => ConnectAsync(_server.Address);

    private static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return client;
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var copy = new MemoryStream();
        try
        {
            await stream.CopyToAsync(copy, timeout.Token);
        }
        catch (IOException)
        {
            // Reset by the server, which is an end as well.
        }

        return Encoding.ASCII.GetString(copy.ToArray());
    }
}
