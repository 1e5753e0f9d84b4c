namespace OnnxSentiment.Core;

/// <summary>
/// Counts the words of texts and keeps the most frequent: those of the train split, and of texts without labels. Not
/// thread-safe.
/// </summary>
public sealed class VocabularyBuilder(TextSettings settings)
{
    private readonly Tokenizer _tokenizer = new(settings.Validated().Tokenizer);
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>
    /// Counts every token of a text; tokens over <see cref="Tokenizer.MaximumTokenLength"/> and tokens with NUL are no
    /// words.
    /// </summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[Tokenizer.MaximumTokenLength];
        foreach (var token in _tokenizer.TokensFromEnd(text))
        {
            if (token.Length <= buffer.Length && !token.Contains('\0'))
            {
                var word = buffer[..token.Length];
                Tokenizer.Normalize(token, word);
                counts[word] = counts.TryGetValue(word, out var count) ? count + 1 : 1;
            }
        }
    }

    /// <summary>
    /// The special tokens, then words by falling frequency until <see cref="TextSettings.VocabularySize"/> is reached.
    /// Equal counts are ordered by their UTF-16 units, so that the order of the texts does not matter.
    /// </summary>
    public Vocabulary Build() =>
        new(Vocabulary.SpecialTokens.Concat(_counts
            .OrderByDescending(word => word.Value)
            .ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(settings.VocabularySize - Vocabulary.FirstWordId)
            .Select(word => word.Key)));
}
