using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Whether the app's model computes: loads it if nobody has yet, and predicts one text. Register it with
/// <c>services.AddHealthChecks().AddCheck&lt;SentimentHealthCheck&gt;("sentiment")</c>. Thread-safe.
/// </summary>
/// <param name="services">Where <see cref="SentimentServiceCollectionExtensions"/> registered the model.</param>
public sealed class SentimentHealthCheck(IServiceProvider services) : IHealthCheck
{
    /// <summary>Predicts one text.</summary>
    /// <returns>
    /// Healthy; degraded while the queue of <see cref="BatchingSentimentModel"/> is full, so that callers are refused;
    /// the registration's failure status, with the reason, where the model cannot be loaded or does not compute.
    /// </returns>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var model = services.GetRequiredService<SentimentModel>();
            var prediction = await model.PredictAsync("", cancellationToken).ConfigureAwait(false);
            return float.IsFinite(prediction.Logit)
                ? Working(model.Metadata.Precision, services.GetRequiredService<BatchingSentimentModel>())
                : new HealthCheckResult(
                    context.Registration.FailureStatus,
                    $"The model gives the logit {prediction.Logit} to an empty text.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, e.Message, e);
        }
    }

    internal static HealthCheckResult Working(Precision precision, int waiting, int bound)
    {
        var data = new Dictionary<string, object>
        {
            ["precision"] = Precisions.NameOf(precision),
            ["queue_length"] = waiting,
        };
        return waiting < bound
            ? HealthCheckResult.Healthy("The model computes.", data)
            : HealthCheckResult.Degraded(
                $"The model computes, but {waiting} texts wait, as many as the queue holds.", data: data);
    }

    private static HealthCheckResult Working(Precision precision, BatchingSentimentModel queue) =>
        Working(precision, queue.QueueLength, queue.MaximumQueueLength);
}
