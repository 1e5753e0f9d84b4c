namespace OnnxSentiment.Core;

/// <summary>
/// Turns texts into token ids: the start id, then the last tokens of the text. Training and inference both use this
/// class, so they cannot disagree. Immutable and thread-safe.
/// </summary>
public sealed class TextEncoder
{
    private readonly Tokenizer _tokenizer;

    /// <summary>Creates the encoder of one model.</summary>
    public TextEncoder(TextSettings settings, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(vocabulary);
        Settings = settings.Validated();
        Vocabulary = vocabulary;
        _tokenizer = new Tokenizer(settings.Tokenizer);
    }

    /// <summary>The settings the encoder was made with.</summary>
    public TextSettings Settings { get; }

    /// <summary>The words the encoder knows.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>
    /// Writes the ids of <paramref name="text"/> into <paramref name="ids"/> and returns their number, from 1 to
    /// <see cref="TextSettings.MaximumLength"/>. Takes time in proportion to the part of the text that is kept, and
    /// allocates nothing.
    /// </summary>
    /// <param name="text">Any UTF-16 units.</param>
    /// <param name="ids">At least <see cref="TextSettings.MaximumLength"/> long.</param>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is too short.</exception>
    public int Encode(ReadOnlySpan<char> text, Span<long> ids)
    {
        if (ids.Length < Settings.MaximumLength)
        {
            throw new ArgumentException(
                $"The buffer holds {ids.Length} ids, but a text has up to {Settings.MaximumLength}.", nameof(ids));
        }

        // The text is read from its end, so the ids are written from the end too and moved to the front at last.
        var first = Settings.MaximumLength;
        Span<char> word = stackalloc char[Tokenizer.MaximumTokenLength];
        foreach (var token in _tokenizer.TokensFromEnd(text))
        {
            ids[--first] = IdOf(token, word);
            if (first == 1)
            {
                break;
            }
        }

        ids[--first] = Vocabulary.StartId;
        var encoded = ids[first..Settings.MaximumLength];
        encoded.CopyTo(ids);
        return encoded.Length;
    }

    /// <summary>The ids of one text.</summary>
    public long[] Encode(ReadOnlySpan<char> text)
    {
        Span<long> ids = Settings.MaximumLength <= 512 ? stackalloc long[512] : new long[Settings.MaximumLength];
        return ids[..Encode(text, ids)].ToArray();
    }

    /// <summary>
    /// Where in <paramref name="text"/> the tokens stand that <see cref="Encode(ReadOnlySpan{char})"/> gives ids, in
    /// their order and without the start id.
    /// </summary>
    /// <returns>A range of UTF-16 units for each token.</returns>
    public Range[] Locate(ReadOnlySpan<char> text)
    {
        var places = new List<Range>();
        foreach (var token in _tokenizer.TokensFromEnd(text))
        {
            text.Overlaps(token, out var start);
            places.Add(start..(start + token.Length));
            if (places.Count == Settings.MaximumLength - 1)
            {
                break;
            }
        }

        places.Reverse();
        return [.. places];
    }

    private int IdOf(ReadOnlySpan<char> token, Span<char> word)
    {
        if (Vocabulary.TryIdOfShortToken(token, out var id))
        {
            return id;
        }

        if (token.Length > word.Length)
        {
            return Vocabulary.UnknownId;
        }

        Tokenizer.Normalize(token, word);
        return Vocabulary.IdOf(word[..token.Length]);
    }
}
