using System.Text;
using System.Text.RegularExpressions;

namespace OnnxSentiment.Core.Tests;

/// <summary>
/// The tokenizer's rule a second time: forwards, with regular expressions, sharing no code with the first.
/// </summary>
internal static class NaiveTokenizer
{
    private const string Filters = @"!""#$%&()*+,\-./:;<=>?@\[\\\]^_`{|}~";

    public static string[] Tokenize(string text, TokenizerKind kind)
    {
        // A round trip through UTF-8 replaces lone surrogates.
        var carried = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var lower = Regex.Replace(carried, "[A-Z]", match => ((char)(match.Value[0] - 'A' + 'a')).ToString());
        var word = $@"[^\s{Filters}]+";
        var pattern = kind == TokenizerKind.Keras ? word : $@"{word}|[!?.,;:()""]";
        return [.. Regex.Matches(lower, pattern).Select(match => match.Value)];
    }
}
