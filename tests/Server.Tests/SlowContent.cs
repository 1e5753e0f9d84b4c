using System.Net;

namespace OnnxSentiment.Server.Tests;

/// <summary>A good body for <c>POST /sentiment</c>, of which the end comes when the test says so.</summary>
internal sealed class SlowContent : HttpContent
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowContent() => Headers.ContentType = new("application/json");

    /// <summary>Ends when the first half is sent.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Lets the second half be sent.</summary>
    public void End() => _end.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync("""{"text":"""u8.ToArray());
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
