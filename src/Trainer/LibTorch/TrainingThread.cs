using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Runs libtorch on a thread of its own. The processor's float mode and libtorch's number of threads belong to a thread
/// and to the workers it starts, so the caller's thread is not touched. libtorch's random numbers belong to the whole
/// process: what runs here runs one after the other, so that no training draws another's.
/// </summary>
internal static class TrainingThread
{
    private static readonly SemaphoreSlim Free = new(1);

    /// <summary>
    /// Runs the work to its end and throws what it throws. Called within such work, it would wait for itself.
    /// </summary>
    /// <param name="threads">That libtorch computes with; 0: one a core.</param>
    /// <param name="work">What to run.</param>
    /// <param name="cancellation">Ends the waiting for others; the work has to look at it itself.</param>
    internal static T Run<T>(int threads, Func<T> work, CancellationToken cancellation = default)
    {
        Free.Wait(cancellation);
        try
        {
            return RunAlone(threads, work);
        }
        finally
        {
            Free.Release();
        }
    }

    private static T RunAlone<T>(int threads, Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                LibTorchVariables.Set();
                FlushToZero.EnableOnThisThread();
                set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
                result = work();
            }
            catch (Exception e)
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
        })
        { Name = "training" };
        thread.Start();
        thread.Join();
        error?.Throw();
        return result;
    }
}
