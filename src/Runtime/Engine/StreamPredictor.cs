using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OnnxSentiment.Runtime;

/// <summary>Predicts texts as they come: reads ahead while it computes, within bounds, and keeps the order.</summary>
internal static class StreamPredictor
{
    private const int TextsAtOnce = 4_096;

    public static async IAsyncEnumerable<SentimentPrediction> Predict(
        Func<IReadOnlyList<string>, CancellationToken, IReadOnlyList<SentimentPrediction>> predict,
        IAsyncEnumerable<string> texts,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queue = Channel.CreateBounded<string>(
            new BoundedChannelOptions(TextsAtOnce) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(texts, queue.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (await queue.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                var part = Take(queue.Reader);
                var predictions = await Task.Run(() => predict(part, cancellation), cancellation).ConfigureAwait(false);
                foreach (var prediction in predictions)
                {
                    yield return prediction;
                }
            }
        }
        finally
        {
            // Whoever stops enumerating early stops the source too.
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    // Ends the queue with the error, if there is one, so that it reaches the reader after the texts before it.
    private static async Task ReadAsync(
        IAsyncEnumerable<string> texts, ChannelWriter<string> queue, CancellationToken stop)
    {
        try
        {
            var position = 0L;
            await foreach (var text in texts.WithCancellation(stop).ConfigureAwait(false))
            {
                await queue.WriteAsync(text ?? throw NullAt(position, nameof(texts)), stop).ConfigureAwait(false);
                position++;
            }

            queue.TryComplete();
        }
        catch (Exception e)
        {
            queue.TryComplete(e);
        }
    }

    private static ArgumentException NullAt(long position, string name) => new($"Text {position} is null.", name);

    private static List<string> Take(ChannelReader<string> queue)
    {
        var part = new List<string>();
        while (part.Count < TextsAtOnce && queue.TryRead(out var text))
        {
            part.Add(text);
        }

        return part;
    }
}
