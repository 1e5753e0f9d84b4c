using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Internals;

/// <summary>
/// Runs libtorch on a thread of its own. The processor's float mode and libtorch's number of threads belong to a thread
/// and to the workers it starts, so neither the caller's thread nor another training is touched.
/// </summary>
internal static class TrainingThread
{
    internal static T Run<T>(int threads, Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                OpenMpWaiting.BoundSpinning();
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
