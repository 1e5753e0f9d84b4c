using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>
/// An HTTP server of one file, which answers each request as the next of its scripted replies says; the last one
/// repeats.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Queue<Reply> _replies;
    private readonly Task _serving;

    public LoopbackServer(params Reply[] replies)
    {
        _replies = new Queue<Reply>(replies);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>
    /// Answers a request whose range begins at a byte; null without a range. Gives header lines and body.
    /// </summary>
    public delegate (string Head, byte[] Body) Reply(int? start);

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/files/reviews.tar.gz");

    /// <summary>The range starts that were asked for, -1 where there was none.</summary>
    public List<int> Requests { get; } = [];

    /// <summary>A server that knows ranges, and breaks the connection after so many bytes of each reply.</summary>
    public static Reply File(byte[] contents, int breakAfter = int.MaxValue) => start =>
    {
        var from = start ?? 0;
        var head = start is null
            ? $"200 OK\r\nContent-Length: {contents.Length}"
            : $"206 Partial Content\r\nContent-Range: bytes " +
            $"{from}-{contents.Length - 1}/{contents.Length}\r\nContent-Length: {contents.Length - from}";
        return (head, contents[from..(int)Math.Min(contents.Length, (long)from + breakAfter)]);
    };

    /// <summary>A server that always sends everything.</summary>
    public static Reply WithoutRanges(byte[] contents) => _ => File(contents)(null);

    public static Reply Status(string status) => _ => ($"{status}\r\nContent-Length: 0", []);

    public void Dispose()
    {
        _listener.Stop();
        _serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                await AnswerUnlessGoneAsync(connection.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
        }
    }

    private async Task AnswerUnlessGoneAsync(NetworkStream stream)
    {
        try
        {
            await AnswerAsync(stream);
        }
        catch (IOException)
        {
            // The client went away, as some tests have it do.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        int? start = null;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
            {
                start = int.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
        }

        Requests.Add(start ?? -1);
        var reply = _replies.Count > 1 ? _replies.Dequeue() : _replies.Peek();
        var (head, body) = reply(start);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(body);
    }
}
