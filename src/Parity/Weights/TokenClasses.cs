using System.Globalization;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>
/// Whether a pattern of the operator Tokenizer cuts texts as <see cref="Tokenizer"/> does, character by character. A
/// pattern is <c>[alone]|[^not in words]+</c>, with characters as numbers, or its second half.
/// </summary>
internal static partial class TokenClasses
{
    private const int Characters = char.MaxValue + 1;

    /// <summary>What is wrong with a pattern, or null.</summary>
    internal static string? DefectOf(string pattern, TokenizerKind kind)
    {
        if (PatternForm().Match(pattern) is not { Success: true } form)
        {
            return $"its pattern is '{pattern}', but [characters]|[^characters]+ was expected.";
        }

        var (alone, notInWords) = (ClassOf(form.Groups["alone"]), ClassOf(form.Groups["others"]));
        var tokenizer = new Tokenizer(kind);
        for (var c = 0; c < Characters; c++)
        {
            // Between two letters: part of a word, between two words, or a word of its own.
            var parts = char.IsSurrogate((char)c) ? 1 : tokenizer.Tokenize($"a{(char)c}a").Count;
            if (!char.IsSurrogate((char)c) && (alone[c] != (parts == 3) || notInWords[c] != (parts != 1)))
            {
                return $"its pattern differs from the tokenizer's at U+{c:X4}.";
            }
        }

        return null;
    }

    private static bool[] ClassOf(Group group)
    {
        var members = new bool[Characters];
        foreach (Match range in Ranges().Matches(group.Value))
        {
            var first = Number(range.Groups[1].Value);
            var last = range.Groups[2].Success ? Number(range.Groups[2].Value) : first;
            for (var c = first; c <= Math.Min(last, Characters - 1); c++)
            {
                members[c] = true;
            }
        }

        return members;
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\\x\{([0-9A-F]{2,4})\}(?:-\\x\{([0-9A-F]{2,4})\})?")]
    private static partial Regex Ranges();

    [GeneratedRegex(
        @"\A(?:\[(?<alone>(?:\\x\{[0-9A-F]{2,4}\}-?)+)\]\|)?\[\^(?<others>(?:\\x\{[0-9A-F]{2,4}\}-?)+)\]\+\z")]
    private static partial Regex PatternForm();
}
