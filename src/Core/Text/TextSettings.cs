using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Core;

/// <summary>The rule that cuts a text into tokens; see <see cref="Tokenizer"/>.</summary>
public enum TokenizerKind
{
    /// <summary>Lower-cased words between white space and Keras' filter characters, which are dropped.</summary>
    [JsonStringEnumMemberName("keras")]
    Keras,

    /// <summary>As <see cref="Keras"/>, but each of <c>! ? . , ; : ( ) "</c> is a token of its own.</summary>
    [JsonStringEnumMemberName("keras-punctuation")]
    KerasPunctuation,
}

/// <summary>How texts become token ids: everything that training and inference have to agree on.</summary>
/// <remarks>
/// Positional, because System.Text.Json fills a missing key with the default of a parameter, but not with that of an
/// <c>init</c> property.
/// </remarks>
/// <param name="Tokenizer">The rule that cuts a text into tokens.</param>
/// <param name="VocabularySize">
/// The largest number of ids, the three special ones included: at least 4. Rarer words are unknown.
/// </param>
/// <param name="MaximumLength">
/// The largest number of ids of one text, its start id included: at least 2. Of a longer text the last tokens are kept,
/// as Keras' default truncation does.
/// </param>
public sealed record TextSettings(
    [property: Description(
        "how texts are cut into words: keras drops punctuation, keras-punctuation makes words of it")]
    TokenizerKind Tokenizer = TokenizerKind.Keras,
    [property: Description(
        "how many words are told apart, the most frequent ones, three special ids included; others are unknown")]
    [property: Range(Vocabulary.FirstWordId + 1, TextSettings.LargestVocabulary)]
    int VocabularySize = 10_000,
    [property: Description("how many words of a text are read, the last ones; training time grows with it")]
    [property: Range(2, 10_000)]
    int MaximumLength = 200)
{
    /// <summary>The most ids that a vocabulary may have.</summary>
    public const int LargestVocabulary = 10_000_000;

    /// <summary>Returns the settings, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public TextSettings Validated()
    {
        SettingRanges.Check(this, TextSettingsJson.Default.TextSettings);
        return this;
    }
}
