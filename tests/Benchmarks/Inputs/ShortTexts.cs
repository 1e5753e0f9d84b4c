using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// Ends of real reviews, all of the same number of ids: many of them, so that nothing learns one by heart.
/// </summary>
internal static class ShortTexts
{
    private const int Count = 64;

    /// <summary>Texts that the encoder turns into exactly so many ids, the start id included.</summary>
    public static string[] Of(Reviews reviews, TextEncoder encoder, int ids)
    {
        string[] texts = [.. reviews.Texts.Select(text => Cut(text, encoder, ids - 1)).OfType<string>().Take(Count)];
        return texts.All(text => encoder.Encode(text).Length == ids)
            ? texts
            : throw new InvalidOperationException($"A text that was cut to {ids} ids has another number of them.");
    }

    private static string? Cut(string text, TextEncoder encoder, int tokens)
    {
        var places = encoder.Locate(text);
        return places.Length < tokens ? null : text[places[^tokens].Start..];
    }
}
