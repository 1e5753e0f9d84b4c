using System.Diagnostics;

namespace OnnxSentiment.Runtime;

/// <summary>The activities; null while nobody listens.</summary>
internal static class Tracing
{
    private static readonly ActivitySource Source = new(SentimentTelemetry.ActivitySourceName);

    /// <summary>Begins the activity of a call.</summary>
    public static Activity? Predict(int texts) =>
        Source.StartActivity("sentiment.predict")?.SetTag("sentiment.texts", texts);

    /// <summary>Begins the activity of an explanation.</summary>
    public static Activity? Explain() => Source.StartActivity("sentiment.explain");

    /// <summary>Begins the activity of a run that callers share.</summary>
    /// <param name="callers">The activities that were under way where the texts came from.</param>
    /// <param name="texts">The texts of the batch.</param>
    public static Activity? Batch(IEnumerable<ActivityContext> callers, int texts) => Source.HasListeners()
        ? Source.StartActivity(
            "sentiment.batch",
            ActivityKind.Internal,
            parentContext: default,
            tags: [new("sentiment.texts", texts)],
            links: [.. callers.Where(caller => caller != default).Select(caller => new ActivityLink(caller))])
        : null;

    /// <summary>
    /// Marks an activity as failed; for an exception filter, so that nothing is caught. Only the error's type is told,
    /// as a message could quote the user.
    /// </summary>
    /// <returns>False.</returns>
    public static bool Fail(Activity? activity, Exception error)
    {
        activity?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
        return false;
    }

    /// <summary>The activity under way on this thread, for <see cref="Batch"/>.</summary>
    public static ActivityContext Current => Activity.Current?.Context ?? default;
}
