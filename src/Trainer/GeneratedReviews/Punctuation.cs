using System.Text.RegularExpressions;

namespace OnnxSentiment.Trainer;

/// <summary>Turns a phrase in small letters into English spelling.</summary>
internal static partial class Punctuation
{
    /// <summary>Capitals at the start of sentences and for the word I; "an" before a vowel.</summary>
    public static string Apply(string phrase)
    {
        var withArticles = ArticleBeforeVowel().Replace(phrase, "an");
        return SentenceStart().Replace(withArticles, letter => letter.Value.ToUpperInvariant());
    }

    [GeneratedRegex(@"\ba(?= [aeiou])")]
    private static partial Regex ArticleBeforeVowel();

    [GeneratedRegex(@"^[a-z]|(?<=[.!?] )[a-z]|\bi\b")]
    private static partial Regex SentenceStart();
}
