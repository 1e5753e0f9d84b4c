namespace OnnxSentiment.Trainer;

/// <summary>
/// Cuts texts into batches of similar length, so that little is computed for padding: the texts are shuffled, sorted by
/// length within chunks of a few dozen batches, and the batches shuffled again.
/// </summary>
internal static class BatchPlan
{
    // Large enough to save nearly all padding, small enough to mix lengths and orders anew in every epoch.
    private const int BatchesInChunk = 50;

    /// <summary>The positions of the texts of each batch, for one epoch of training.</summary>
    internal static IReadOnlyList<int[]> ForTraining(EncodedTexts texts, int batchSize, Random random)
    {
        var order = Enumerable.Range(0, texts.Count).ToArray();
        random.Shuffle(order);
        var batches = order
            .Chunk(batchSize * BatchesInChunk)
            .SelectMany(chunk => chunk.OrderBy(text => texts.Ids[text].Length).Chunk(batchSize))
            .ToArray();
        random.Shuffle(batches);
        return batches;
    }
}
