using System.Buffers;
using System.Text;

namespace OnnxSentiment.Core.Text;

/// <summary>
/// Cuts texts into tokens by the rule of Keras' text preprocessing: ASCII letters are lower-cased, and white space and the
/// filter characters <c>!"#$%&amp;()*+,-./:;&lt;=&gt;?@[\]^_`{|}~</c> separate words; apostrophes stay. White space is
/// Unicode's, so that a no-break space separates too. A lone surrogate, which UTF-8 cannot carry, counts as U+FFFD; every
/// other character, NUL included, belongs to a word. Immutable and thread-safe.
/// </summary>
public sealed class Tokenizer
{
    /// <summary>The length, in UTF-16 units, over which a token is never a word of a vocabulary.</summary>
    public const int MaximumTokenLength = 128;

    private const string FilterCharacters = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~";
    private const string PunctuationTokens = "!?.,;:()\"";

    private readonly CharacterClass[] _asciiClasses;

    /// <summary>Creates the tokenizer of one rule.</summary>
    public Tokenizer(TokenizerKind kind)
    {
        Kind = kind;
        _asciiClasses = kind switch
        {
            TokenizerKind.Keras => ClassifyAscii(""),
            TokenizerKind.KerasPunctuation => ClassifyAscii(PunctuationTokens),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown tokenizer."),
        };
    }

    private enum CharacterClass : byte
    {
        Word,
        Separator,
        TokenOfItsOwn,
    }

    /// <summary>The rule this tokenizer follows.</summary>
    public TokenizerKind Kind { get; }

    /// <summary>The tokens of <paramref name="text"/> in order, each as <see cref="Normalize"/> leaves it.</summary>
    public IReadOnlyList<string> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<string>();
        foreach (var token in TokensFromEnd(text))
        {
            tokens.Add(NormalizeToString(token));
        }

        tokens.Reverse();
        return tokens;
    }

    /// <summary>
    /// Walks over the tokens from the last to the first without allocating. A model reads the end of a long text, so
    /// whoever needs n tokens stops after n, however long the text is.
    /// </summary>
    /// <returns>An enumeration of parts of <paramref name="text"/>, not yet normalised.</returns>
    public ReversedTokens TokensFromEnd(ReadOnlySpan<char> text) => new(this, text);

    /// <summary>
    /// Writes the token as vocabularies spell it: ASCII lower case, lone surrogates replaced by U+FFFD. The length does
    /// not change.
    /// </summary>
    /// <param name="token">A token of <see cref="TokensFromEnd"/>.</param>
    /// <param name="destination">At least as long as the token.</param>
    public static void Normalize(ReadOnlySpan<char> token, Span<char> destination)
    {
        for (var i = 0; i < token.Length; i++)
        {
            var c = token[i];
            if (char.IsAsciiLetterUpper(c))
            {
                c = (char)(c | 0x20);
            }
            else if (IsLoneSurrogate(token, i))
            {
                c = (char)Rune.ReplacementChar.Value;
            }

            destination[i] = c;
        }
    }

    /// <summary>Whether the token is none that <see cref="Normalize"/> leaves, because UTF-8 cannot carry it.</summary>
    internal static bool HasLoneSurrogate(ReadOnlySpan<char> token)
    {
        for (var i = 0; i < token.Length; i++)
        {
            if (IsLoneSurrogate(token, i))
            {
                return true;
            }
        }

        return false;
    }

    private static string NormalizeToString(ReadOnlySpan<char> token)
    {
        var buffer = ArrayPool<char>.Shared.Rent(token.Length);
        Normalize(token, buffer);
        var normalized = new string(buffer, 0, token.Length);
        ArrayPool<char>.Shared.Return(buffer);
        return normalized;
    }

    private static bool IsLoneSurrogate(ReadOnlySpan<char> token, int i) =>
        char.IsSurrogate(token[i])
        && (char.IsHighSurrogate(token[i])
            ? i + 1 == token.Length || !char.IsLowSurrogate(token[i + 1])
            : i == 0 || !char.IsHighSurrogate(token[i - 1]));

    private static CharacterClass[] ClassifyAscii(string tokensOfTheirOwn)
    {
        var classes = new CharacterClass[128];
        for (var c = '\0'; c < classes.Length; c++)
        {
            classes[c] = tokensOfTheirOwn.Contains(c) ? CharacterClass.TokenOfItsOwn
                : FilterCharacters.Contains(c) || char.IsWhiteSpace(c) ? CharacterClass.Separator
                : CharacterClass.Word;
        }

        return classes;
    }

    private static CharacterClass ClassOf(char c, ReadOnlySpan<CharacterClass> asciiClasses) =>
        c < asciiClasses.Length ? asciiClasses[c]
        : char.IsWhiteSpace(c) ? CharacterClass.Separator
        : CharacterClass.Word;

    /// <summary>The tokens of a text from the last to the first; for use in <c>foreach</c>.</summary>
    public ref struct ReversedTokens
    {
        private readonly ReadOnlySpan<CharacterClass> _classes;
        private ReadOnlySpan<char> _rest;

        internal ReversedTokens(Tokenizer tokenizer, ReadOnlySpan<char> text)
        {
            _classes = tokenizer._asciiClasses;
            _rest = text;
        }

        /// <summary>The token reached, as it stands in the text.</summary>
        public ReadOnlySpan<char> Current { get; private set; }

        /// <summary>Returns this enumeration.</summary>
        public readonly ReversedTokens GetEnumerator() => this;

        /// <summary>Steps to the token before; false at the start of the text.</summary>
        public bool MoveNext()
        {
            var rest = _rest;
            var classes = _classes;
            var end = rest.Length;
            while (end > 0 && ClassOf(rest[end - 1], classes) == CharacterClass.Separator)
            {
                end--;
            }

            if (end == 0)
            {
                return false;
            }

            var start = end - 1;
            if (ClassOf(rest[start], classes) == CharacterClass.Word)
            {
                while (start > 0 && ClassOf(rest[start - 1], classes) == CharacterClass.Word)
                {
                    start--;
                }
            }

            Current = rest[start..end];
            _rest = rest[..start];
            return true;
        }
    }
}
