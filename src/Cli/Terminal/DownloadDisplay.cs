using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>Says every few seconds how much of a download has arrived.</summary>
internal sealed class DownloadDisplay(TextWriter output, TimeProvider time) : IProgress<DownloadProgress>
{
    private const double Megabyte = 1e6;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long _lastShown = time.GetTimestamp();

    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            if (value.Received < value.Total && time.GetElapsedTime(_lastShown) < Interval)
            {
                return;
            }

            _lastShown = time.GetTimestamp();
            output.WriteLine($"downloaded {value.Received / Megabyte:0.0} of {value.Total / Megabyte:0.0} MB");
        }
    }
}
