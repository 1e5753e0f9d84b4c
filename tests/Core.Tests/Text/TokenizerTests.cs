namespace OnnxSentiment.Core.Tests;

public class TokenizerTests
{
    // The default of `filters` in Keras' Tokenizer, without the tabulator and the line feed that end it.
    private const string KerasFilters = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~";

    // In a source, not in attributes: attributes are stored as UTF-8, which loses the lone surrogates.
    private static readonly TestCaseData[] Surrogates =
    [
        Case("\ud800", "\ufffd"),
        Case("\udc00", "\ufffd"),
        Case("a\ud83d", "a\ufffd"),
        Case("\ude00a", "\ufffda"),
        Case("\ude00\ud83d", "\ufffd\ufffd"),
        Case("\ud83d\ude00", "\ud83d\ude00"),
        Case("\ud83d\ud83d\ude00", "\ufffd\ud83d\ude00"),
        Case("\ud83d\ude00\ude00", "\ud83d\ude00\ufffd"),
    ];

    private static readonly Tokenizer Keras = new(TokenizerKind.Keras);
    private static readonly Tokenizer Punctuation = new(TokenizerKind.KerasPunctuation);

    [Test]
    public void Tokenize_EachFilterCharacter_SeparatesWords([ValueSource(nameof(KerasFilters))] char filter) =>
        Assert.That(Keras.Tokenize($"{filter}one{filter}{filter}two{filter}"), Is.EqualTo(["one", "two"]));

    [Test]
    public void Tokenize_EveryOtherPrintableAsciiCharacter_BelongsToAWord()
    {
        for (var c = '!'; c <= '~'; c++)
        {
            if (!KerasFilters.Contains(c))
            {
                Assert.That(Keras.Tokenize($"a{c}b"), Is.EqualTo([$"a{char.ToLowerInvariant(c)}b"]), $"character {c}");
            }
        }
    }

    [TestCase("don't", "don't")]
    [TestCase("'quoted'", "'quoted'")]
    [TestCase("'", "'")]
    [TestCase("the films' end", "the", "films'", "end")]
    [TestCase("don\u2019t", "don\u2019t")]
    public void Tokenize_Apostrophe_StaysInTheWord(string text, params string[] expected) =>
        Assert.That(Keras.Tokenize(text), Is.EqualTo(expected));

    [Test]
    public void Tokenize_UnicodeWhiteSpace_SeparatesWords(
        [Values('\t', '\n', '\v', '\f', '\r', ' ', '\u0085', '\u00a0', '\u1680', '\u2000', '\u200a', '\u2028',
            '\u2029', '\u202f', '\u205f', '\u3000')] char space) =>
        Assert.That(Keras.Tokenize($"one{space}two"), Is.EqualTo(["one", "two"]));

    [Test]
    public void Tokenize_InvisibleCharacterThatIsNoWhiteSpace_BelongsToAWord(
        [Values('\u001f', '\u007f', '\u0080', '\u00ad', '\u180e', '\u200b', '\u200d', '\u2060', '\ufeff')] char c) =>
        Assert.That(Keras.Tokenize($"one{c}two"), Is.EqualTo([$"one{c}two"]));

    // U+212A is the Kelvin sign, which Unicode lower-cases to k.
    [TestCase("ABCXYZ", "abcxyz")]
    [TestCase("ÉCOLE", "École")]
    [TestCase("İSTANBUL", "İstanbul")]
    [TestCase("\u212aELVIN", "\u212aelvin")]
    [TestCase("@[`{", null)]
    public void Tokenize_CapitalLetter_IsLoweredOnlyInAscii(string text, string? expected) =>
        Assert.That(Keras.Tokenize(text).SingleOrDefault(), Is.EqualTo(expected));

    [Test]
    public void Tokenize_LineBreakTag_LeavesBr() =>
        Assert.That(Keras.Tokenize("end.<br /><br />Start"), Is.EqualTo(["end", "br", "br", "start"]));

    [Test]
    public void Tokenize_KerasPunctuation_HasNineTokensOfTheirOwn()
    {
        foreach (var c in KerasFilters)
        {
            string[] expected = "!?.,;:()\"".Contains(c) ? ["a", c.ToString(), c.ToString(), "b"] : ["a", "b"];
            Assert.That(Punctuation.Tokenize($"A{c}{c}b"), Is.EqualTo(expected), $"character {c}");
        }
    }

    [TestCaseSource(nameof(Surrogates))]
    public void Tokenize_Surrogates_KeepsPairsAndReplacesLoneOnes(string text, string expected) =>
        Assert.That(Keras.Tokenize(text), Is.EqualTo([expected]));

    [Test]
    public void Tokenize_SurrogatesOnBothSidesOfASeparator_AreNoPair() =>
        Assert.That(Keras.Tokenize("\ud83d \ude00"), Is.EqualTo(["\ufffd", "\ufffd"]));

    [Test]
    public void Tokenize_Nul_BelongsToAWord() =>
        Assert.That(Keras.Tokenize("a\0B \0"), Is.EqualTo(["a\0b", "\0"]));

    [TestCase("")]
    [TestCase(" \u00a0\n")]
    [TestCase("<<->>#")]
    public void Tokenize_NothingButSeparators_YieldsNoToken(string text)
    {
        Assert.That(Keras.Tokenize(text), Is.Empty);
        Assert.That(Punctuation.Tokenize(text), Is.Empty);
    }

    [Test]
    public void TokensFromEnd_Text_YieldsPartsOfTheTextBackwards()
    {
        var tokens = new List<string>();
        foreach (var token in Punctuation.TokensFromEnd("Not GOOD!"))
        {
            tokens.Add(token.ToString());
        }

        Assert.That(tokens, Is.EqualTo(["!", "GOOD", "Not"]));
    }

    [Test]
    public void Constructor_UnknownKind_Throws() =>
        Assert.That(() => new Tokenizer((TokenizerKind)7), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static TestCaseData Case(string text, string expected) =>
        new TestCaseData(text, expected).SetArgDisplayNames(HostileText.Escaped(text), HostileText.Escaped(expected));
}
