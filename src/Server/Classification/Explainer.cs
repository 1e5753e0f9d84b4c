using System.Threading.RateLimiting;
using Grpc.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>
/// Explains one text at a time, as each takes all cores for as long as hundreds of predictions; a few may wait, and one
/// more is refused at once. Thread-safe.
/// </summary>
internal sealed class Explainer(LimitOptions limits, BatchingSettings batching, TimeProvider clock) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = 1,
        QueueLimit = limits.WaitingExplanations,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Explains texts one after the other, within the deadline of a request.</summary>
    /// <exception cref="RequestException">Too many wait.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public Task<IReadOnlyList<SentimentExplanation>> ExplainAsync(
        SentimentModel model, IReadOnlyList<string> texts, CancellationToken cancellation) =>
        Deadline.ApplyAsync(token => ExplainNextAsync(model, texts, token), batching.Deadline, clock, cancellation);

    public void Dispose() => _limiter.Dispose();

    private async Task<IReadOnlyList<SentimentExplanation>> ExplainNextAsync(
        SentimentModel model, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        using var permit = await _limiter.AcquireAsync(1, cancellation);
        return permit.IsAcquired
            ? await Task.Run(() => texts.Select(text => model.Explain(text, cancellation)).ToList(), cancellation)
            : throw new RequestException(
                StatusCode.ResourceExhausted,
                $"{limits.WaitingExplanations} explanations wait already; try again in a second.");
    }
}
