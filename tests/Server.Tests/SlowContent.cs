using System.Net;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// A good body for <c>POST /sentiment</c>, of which the end comes when the test says so. It asks the server first
/// whether it wants the body, which tells the test that the request is under way.
/// </summary>
internal sealed class SlowContent : HttpContent
{
    // Kestrel ends a body that comes with less than 240 bytes a second on average; these allow for a minute.
    private static readonly byte[] Spaces = [.. Enumerable.Repeat((byte)' ', 16_384)];

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowContent() => Headers.ContentType = new("application/json");

    /// <summary>Ends when the server reads the body and has got its first half.</summary>
    public Task Begun => _begun.Task;

    /// <summary>A handler that waits for the server's word as long as it takes.</summary>
    public static SocketsHttpHandler Handler => new() { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };

    /// <summary>Posts this.</summary>
    /// <param name="client">Made with <see cref="Handler"/>.</param>
    public async Task<HttpResponseMessage> PostAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sentiment") { Content = this };
        request.Headers.ExpectContinue = true;
        return await client.SendAsync(request);
    }

    /// <summary>Lets the second half be sent.</summary>
    public void End() => _end.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync("""{"text":"""u8.ToArray());
        await stream.WriteAsync(Spaces);
        await stream.FlushAsync();
        _begun.TrySetResult();
        await _end.Task;
        await stream.WriteAsync("\"word3\"}"u8.ToArray());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
