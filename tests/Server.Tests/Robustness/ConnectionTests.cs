using System.Net.Sockets;
using System.Text;

namespace OnnxSentiment.Server.Tests.Robustness;

/// <summary>Clients that break off, dawdle, or only sit there; the next good request is answered each time.</summary>
public class ConnectionTests
{
    private const int IdleConnections = 500;

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TearDown]
    public async Task AssertAnswers() => await _server.AssertAnswersAsync();

    [TestCase("POST /sentiment HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"text\":")]
    [TestCase("POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"inp")]
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
        await client.Client.SendAsync("GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);

        Assert.That(await ReadToEndAsync(stream), Is.Empty.Or.StartWith("HTTP/1.1 200"));
    }

    [TestCase("garbage garbage garbage\r\n\r\n")]
    [TestCase("GET / HTTP/9.9\r\n\r\n")]
    [TestCase("GET /v2 HTTP/1.1\r\n\r\n")]
    [TestCase("POST /sentiment HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n")]
    [TestCase("POST /sentiment HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
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
        foreach (var value in "POST /sentiment HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"text\":\"word3\"}"u8.ToArray())
        {
            await client.Client.SendAsync(new[] { value });
        }

        Assert.That(await ReadToEndAsync(stream), Does.StartWith("HTTP/1.1 200"));
    }

    // 10,000 need a higher limit of open files than many shells give; both ends are in this process.
    [Test]
    public async Task Connections_ManyIdle_DoNotKeepOthersFromAnswers()
    {
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < IdleConnections; i++)
            {
                idle.Add(await ConnectAsync());
            }

            await _server.AssertAnswersAsync();
            Assert.That((await _server.GetAsync("/metrics")).Text, Does.Match($@"kestrel_active_connections{{[^}}]*}} {IdleConnections / 100}\d\d"));
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_server.Address.Host, _server.Address.Port);
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
