namespace OnnxSentiment.Benchmarks;

/// <summary>Looks at a size every few milliseconds, because nothing keeps its largest value.</summary>
internal sealed class PeakSampler : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Func<long> _look;
    private readonly Timer _timer;
    private long _peak;

    /// <param name="look">What to look at, in bytes; called from any thread.</param>
    public PeakSampler(Func<long> look)
    {
        _look = look;
        _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, Interval);
    }

    /// <summary>The largest size seen so far, in bytes.</summary>
    public long Peak
    {
        get
        {
            Sample();
            return Volatile.Read(ref _peak);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        var now = _look();
        long peak;
        while (now > (peak = Volatile.Read(ref _peak)) && Interlocked.CompareExchange(ref _peak, now, peak) != peak)
        {
        }
    }
}
