using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Threads on which libtorch computes with one thread each. A recurrent network is a long row of small products: two of
/// them side by side, each on its own core, take far less time than one after the other on two.
/// </summary>
internal sealed class TorchWorkers : IDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly Thread[] _threads;

    /// <summary>
    /// Starts the threads. They have the caller's float mode, and libtorch's number of threads is the caller's again.
    /// </summary>
    internal TorchWorkers(int count)
    {
        Count = count;
        var callersThreads = get_num_threads();
        using var ready = new CountdownEvent(count);
        _threads = [.. Enumerable.Range(0, count)
            .Select(i => new Thread(() => Work(ready)) { Name = $"training {i}", IsBackground = true })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }

        ready.Wait();
        set_num_threads(callersThreads);
    }

    internal int Count { get; }

    /// <summary>Tensors that the work of one step leaves to that of the next.</summary>
    internal ScratchTensors Scratch { get; } = new();

    /// <summary>
    /// Runs all of the work and returns when it is done; throws what the first part to fail threw. Tensors that a part
    /// makes end with it.
    /// </summary>
    internal void Run(IReadOnlyList<Action> work)
    {
        ExceptionDispatchInfo? error = null;
        using var open = new CountdownEvent(work.Count);
        foreach (var part in work)
        {
            _queue.Add(() =>
            {
                try
                {
                    // Holds the tensors that the part makes: one that nobody holds may be collected while libtorch
                    // reads it.
                    using var scope = NewDisposeScope();
                    part();
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(e), null);
                }
                finally
                {
                    open.Signal();
                }
            });
        }

        open.Wait();
        error?.Throw();
    }

    /// <summary>Ends the threads after what they are at.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _queue.Dispose();
        Scratch.Dispose();
    }

    private void Work(CountdownEvent ready)
    {
        FlushToZero.EnableOnThisThread();
        set_num_threads(1);
        ready.Signal();
        foreach (var part in _queue.GetConsumingEnumerable())
        {
            part();
        }
    }
}
