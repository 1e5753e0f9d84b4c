using System.Collections.Frozen;

namespace OnnxSentiment.Core;

/// <summary>The words a model knows, each with its id. Immutable and thread-safe.</summary>
public sealed class Vocabulary
{
    /// <summary>The id that fills the end of a shorter text in a batch; models mask it.</summary>
    public const int PaddingId = 0;

    /// <summary>The id that every text begins with, so that no sequence is ever empty.</summary>
    public const int StartId = 1;

    /// <summary>The id of every word that is not in the vocabulary.</summary>
    public const int UnknownId = 2;

    /// <summary>The id of the most frequent word.</summary>
    public const int FirstWordId = 3;

    /// <summary>How the three special ids are spelled; no tokenizer yields a token with such brackets.</summary>
    public static readonly IReadOnlyList<string> SpecialTokens = ["<padding>", "<start>", "<unknown>"];

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly ShortWordTable _idsOfShortWords;

    /// <summary>Creates a vocabulary whose ids are the positions in <paramref name="tokens"/>.</summary>
    /// <param name="tokens">The three special tokens, then the words.</param>
    /// <exception cref="InvalidInputException">
    /// The special tokens are missing, or a word stands twice, is empty, too long, or holds a line break or a lone
    /// surrogate.
    /// </exception>
    public Vocabulary(IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Tokens = [.. tokens];
        CheckSpecialTokens();
        var ids = new Dictionary<string, int>(Tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < Tokens.Count; id++)
        {
            CheckWord(Tokens[id], id);
            if (!ids.TryAdd(Tokens[id], id))
            {
                throw new InvalidInputException(
                    $"The vocabulary has '{Tokens[id]}' both as id {ids[Tokens[id]]} and as id {id}; "
                    + "every token may stand in it once.");
            }
        }

        _ids = ids.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _idsOfShortWords = ShortWords(ids);
    }

    /// <summary>All tokens; the position is the id.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The number of ids: the rows of the embedding.</summary>
    public int Count => Tokens.Count;

    /// <summary>The id of a normalized token, or <see cref="UnknownId"/>.</summary>
    public int IdOf(ReadOnlySpan<char> token) => _ids.TryGetValue(token, out var id) ? id : UnknownId;

    /// <summary>
    /// The id of a token that is not normalized yet; the same as <see cref="IdOf"/> of the normalized one, sooner.
    /// </summary>
    /// <returns>False where that has to be asked, because the token is long or not of ASCII.</returns>
    internal bool TryIdOfShortToken(ReadOnlySpan<char> token, out int id)
    {
        var isShort = ShortWord.TryCreate(token, out var word);
        id = isShort ? _idsOfShortWords.Find(word, UnknownId) : UnknownId;
        return isShort;
    }

    /// <summary>Reads the text form: a token a line, the line number, from 0, is the id.</summary>
    /// <exception cref="InvalidInputException">The lines are no vocabulary.</exception>
    public static Vocabulary Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return new Vocabulary((lines.EndsWith('\n') ? lines[..^1] : lines).Split('\n'));
    }

    /// <summary>The text form that <see cref="Parse"/> reads; every line ends with a line feed.</summary>
    public string ToText() => string.Concat(Tokens.Select(token => token + "\n"));

    private void CheckSpecialTokens()
    {
        if (!Tokens.Take(SpecialTokens.Count).SequenceEqual(SpecialTokens))
        {
            throw new InvalidInputException(
                $"The vocabulary begins with '{string.Join(' ', Tokens.Take(SpecialTokens.Count))}', but its first "
                + $"lines have to be '{string.Join(' ', SpecialTokens)}'.");
        }
    }

    // Without words that hold a capital: no token is normalized to one.
    private static ShortWordTable ShortWords(Dictionary<string, int> ids)
    {
        var words = new List<KeyValuePair<ShortWord, int>>(ids.Count);
        foreach (var (word, id) in ids)
        {
            if (!word.Any(char.IsAsciiLetterUpper) && ShortWord.TryCreate(word, out var shortWord))
            {
                words.Add(new(shortWord, id));
            }
        }

        return new ShortWordTable(words);
    }

    private static void CheckWord(string word, int id)
    {
        if (word.Length is 0 or > Tokenizer.MaximumTokenLength || word.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            throw new InvalidInputException(
                $"The vocabulary's token with id {id} has {word.Length} characters, but a token has 1 to "
                + $"{Tokenizer.MaximumTokenLength} and neither a line break nor NUL, where C strings end.");
        }

        if (Tokenizer.HasLoneSurrogate(word))
        {
            throw new InvalidInputException(
                $"The vocabulary's token with id {id} has half a surrogate pair, which UTF-8 cannot carry: "
                + "replace it by U+FFFD.");
        }
    }
}
