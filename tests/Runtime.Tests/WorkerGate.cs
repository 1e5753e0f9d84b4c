using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Listens to the library's metrics: notes the sizes of all batches that are computed and, while it is closed, holds
/// the workers of queues where they report that a text has been taken.
/// </summary>
internal sealed class WorkerGate : IDisposable
{
    private const int All = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly MeterListener _listener = new();
    private readonly SemaphoreSlim _passes;
    private readonly ConcurrentQueue<int> _batches = new();
    private int _held;

    public WorkerGate(bool open = false)
    {
        _passes = new SemaphoreSlim(open ? All : 0);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SentimentTelemetry.MeterName
                && instrument.Name is "onnx_sentiment.queue.duration" or "onnx_sentiment.batch.size")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Hold());
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) => _batches.Enqueue(size));
        _listener.Start();
    }

    /// <summary>The sizes of the batches that were computed, in their order.</summary>
    public int[] Batches => [.. _batches];

    /// <summary>The texts that were taken so far.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Waits until so many workers stand before the gate.</summary>
    public void WaitUntilHeld(int workers = 1) =>
        Assert.That(SpinWait.SpinUntil(() => Held >= workers, Patience), "workers come to the gate in time");

    public void Open() => LetPass(All);

    /// <summary>Lets so many texts pass and holds the next.</summary>
    public void LetPass(int texts) => _passes.Release(texts);

    public void Dispose()
    {
        Open();
        _listener.Dispose();
    }

    private void Hold()
    {
        Interlocked.Increment(ref _held);
        _passes.Wait(Patience);
    }
}
