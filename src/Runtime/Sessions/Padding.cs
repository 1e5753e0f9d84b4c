using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Texts of unequal length as the rows of one batch.</summary>
internal static class Padding
{
    /// <summary>
    /// Writes one text at the start of <paramref name="ids"/>, padded on the right, and returns what follows.
    /// </summary>
    public static Span<long> FillRow(ReadOnlySpan<long> text, int length, Span<long> ids)
    {
        text.CopyTo(ids);
        ids[text.Length..length].Fill(Vocabulary.PaddingId);
        return ids[length..];
    }
}
