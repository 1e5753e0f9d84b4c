using System.Diagnostics;

namespace OnnxSentiment.Runtime;

/// <summary>A text that waits for its batch.</summary>
internal sealed class BatchRequest
{
    // Continuations run elsewhere: whoever completes a batch has the next one to compute.
    private readonly TaskCompletionSource<SentimentPrediction> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly CancellationTokenRegistration _registration;

    public BatchRequest(ModelInput input, long enqueued, CancellationToken cancellation)
    {
        Input = input;
        Enqueued = enqueued;
        Caller = Tracing.Current;
        _registration = cancellation.UnsafeRegister(
            static (request, token) => ((BatchRequest)request!)._completion.TrySetCanceled(token), this);
    }

    public ModelInput Input { get; }

    /// <summary>A time stamp of the queue's clock.</summary>
    public long Enqueued { get; }

    /// <summary>The activity in which the text was handed over.</summary>
    public ActivityContext Caller { get; }

    public Task<SentimentPrediction> Task => _completion.Task;

    public bool IsOver => _completion.Task.IsCompleted;

    public void Complete(SentimentPrediction prediction)
    {
        _registration.Dispose();
        _completion.TrySetResult(prediction);
    }

    /// <returns>False if it had ended before.</returns>
    public bool Fail(Exception error)
    {
        _registration.Dispose();
        return _completion.TrySetException(error);
    }
}
