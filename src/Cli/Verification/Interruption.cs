namespace OnnxSentiment.Cli;

/// <summary>Ends work between two of its parts.</summary>
internal static class Interruption
{
    /// <summary>The same parts, until a cancellation is asked for.</summary>
    /// <exception cref="OperationCanceledException">It was, before a part.</exception>
    internal static IEnumerable<T> Interruptible<T>(this IEnumerable<T> parts, CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return part;
        }
    }
}
