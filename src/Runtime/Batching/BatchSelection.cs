namespace OnnxSentiment.Runtime;

/// <summary>Which of the waiting texts share the next batch.</summary>
internal static class BatchSelection
{
    // Bounds what is sorted for one batch, of a queue that may hold a million.
    private const int TextsLookedAt = 4_096;

    /// <summary>
    /// Takes the first, so that none is passed over for ever, and those nearest to it in length while the padded batch
    /// stays within its bound.
    /// </summary>
    /// <param name="waiting">At least one text, in the order of arrival; the taken ones are removed.</param>
    /// <param name="maximumTokens">The ids of one batch, padding included; a longer first text is taken alone.</param>
    public static List<BatchRequest> Take(List<BatchRequest> waiting, int maximumTokens)
    {
        var first = waiting[0];
        var batch = new List<BatchRequest>();
        var longest = 0;
        var byDistance = waiting.Take(TextsLookedAt).OrderBy(r => Math.Abs(r.Input.Length - first.Input.Length));
        foreach (var request in byDistance)
        {
            longest = Math.Max(longest, request.Input.Length);
            if (batch.Count > 0 && (batch.Count + 1L) * longest > maximumTokens)
            {
                break;
            }

            batch.Add(request);
        }

        var taken = batch.ToHashSet();
        waiting.RemoveAll(taken.Contains);
        return batch;
    }
}
