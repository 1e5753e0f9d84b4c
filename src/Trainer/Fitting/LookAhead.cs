using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Prepares items on a thread of its own while those before them are used. Order and results are those of a plain loop,
/// and memory is bounded: no more than a few items wait.
/// </summary>
internal static class LookAhead
{
    /// <summary>Enough to hide a slow item behind the fast ones before it.</summary>
    internal const int DefaultItems = 4;

    /// <summary>What <paramref name="prepare"/> makes of each item, in their order.</summary>
    /// <param name="source">What to prepare.</param>
    /// <param name="prepare">
    /// Called once for each item, one after the other, on a single other thread. Not on the one that trains: no
    /// libtorch in it, whose float mode and number of threads belong to a thread.
    /// </param>
    /// <param name="items">Prepared items that wait at most, one more is in the making; at least 1.</param>
    /// <param name="cancellation">Ends preparation and enumeration.</param>
    /// <returns>
    /// A lazy enumeration, to be enumerated once and by one thread. What <paramref name="prepare"/> throws is thrown as
    /// itself, after the items before it. When the enumeration ends, however it does, the other thread has ended too.
    /// </returns>
    /// <exception cref="OperationCanceledException">While enumerating: the cancellation was asked for.</exception>
    internal static IEnumerable<TResult> Select<TSource, TResult>(
        IEnumerable<TSource> source, Func<TSource, TResult> prepare, int items = DefaultItems,
        CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ready = new BlockingCollection<TResult>(items);
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(Prepare) { Name = "preparation", IsBackground = true };
        thread.Start();
        try
        {
            foreach (var item in ready.GetConsumingEnumerable(stop.Token))
            {
                yield return item;
            }

            error?.Throw();

            // A preparation that the cancellation ended before another item was ready looks like the end of the items.
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            stop.Cancel();
            thread.Join();
        }

        void Prepare()
        {
            try
            {
                foreach (var item in source)
                {
                    ready.Add(prepare(item), stop.Token);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Nobody waits for the rest.
            }
            catch (Exception e)
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                ready.CompleteAdding();
            }
        }
    }
}
