using System.Globalization;
using System.Text;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// What a token is, as a pattern of RE2 (https://github.com/google/re2/wiki/Syntax). The pattern is read off what
/// <see cref="Tokenizer"/> does to every character, so that the two cannot drift apart.
/// </summary>
internal static class TokenPattern
{
    /// <summary>
    /// The pattern of a tokenizer: a character that is a token of its own, or a run of word characters.
    /// </summary>
    internal static string Of(TokenizerKind kind)
    {
        var tokenizer = new Tokenizer(kind);
        var byTokens = Enumerable.Range(0, char.MaxValue + 1).Where(c => !char.IsSurrogate((char)c))
            .ToLookup(c => tokenizer.Tokenize($"a{(char)c}a").Count);
        var alone = Class(byTokens[3]);
        var word = $"[^{Class(byTokens[2].Concat(byTokens[3]).Order())}]+";
        return alone.Length == 0 ? word : $"[{alone}]|{word}";
    }

    // Ranges of numbers: no character has to be escaped, and the file shows which spaces are meant.
    private static string Class(IEnumerable<int> characters)
    {
        var text = new StringBuilder();
        var (first, last) = (-1, -2);
        foreach (var c in characters.Append(int.MaxValue))
        {
            if (c == last + 1)
            {
                last = c;
                continue;
            }

            if (first >= 0)
            {
                Append(text, first, last);
            }

            (first, last) = (c, c);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, int first, int last)
    {
        text.Append(CultureInfo.InvariantCulture, $@"\x{{{first:X2}}}");
        if (last > first)
        {
            text.Append(CultureInfo.InvariantCulture, $@"-\x{{{last:X2}}}");
        }
    }
}
