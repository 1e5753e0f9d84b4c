namespace OnnxSentiment.Trainer;

/// <summary>
/// Reads another stream up to a number of bytes and refuses to go on: a small archive can unpack to any size.
/// </summary>
internal sealed class BoundedStream(Stream inner, long maximumLength) : Stream
{
    private long _read;

    /// <summary>Zero bytes at the end of what was read so far.</summary>
    public long TrailingZeros { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _read += count;
        var lastNonZero = buffer[..count].LastIndexOfAnyExcept((byte)0);
        TrailingZeros = lastNonZero < 0 ? TrailingZeros + count : count - 1 - lastNonZero;
        return _read <= maximumLength
            ? count
            : throw new RefusedException($"it unpacks to more than {maximumLength} bytes, which no such dataset has.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
