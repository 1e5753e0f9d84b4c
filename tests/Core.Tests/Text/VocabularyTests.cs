namespace OnnxSentiment.Core.Tests;

public class VocabularyTests
{
    private const string Special = "<padding>\n<start>\n<unknown>\n";

    [Test]
    public void IdOf_Word_IsItsPosition()
    {
        var vocabulary = new Vocabulary([.. Vocabulary.SpecialTokens, "the", "film"]);
        Assert.That(vocabulary.IdOf("the"), Is.EqualTo(Vocabulary.FirstWordId));
        Assert.That(vocabulary.IdOf("film"), Is.EqualTo(4));
        Assert.That(vocabulary.Count, Is.EqualTo(5));
    }

    [TestCase("plot")]
    [TestCase("The")]
    [TestCase("")]
    public void IdOf_OtherWord_IsUnknown(string word) =>
        Assert.That(Vocabulary.Parse(Special + "the\n").IdOf(word), Is.EqualTo(Vocabulary.UnknownId));

    // The lookup before normalising, against the one after it.
    [Test]
    public void TryIdOfShortToken_AnyToken_IsTheIdOfTheNormalisedOne()
    {
        var vocabulary = new Vocabulary(
            [.. Vocabulary.SpecialTokens, "the", "The", "a", "don't", "café", "\u0001", "eightsix", "ninechars", "x1"]);
        string[] tokens =
        [
            "the", "The", "THE", "A", "DON'T", "café", "CAFé", "\u0001", "EightSix", "NineChars", "X1", "x2", "th",
            "them", "<start>", "", "\uD800",
        ];
        var shorts = 0;
        foreach (var token in tokens)
        {
            var normalised = new char[token.Length];
            Tokenizer.Normalize(token, normalised);
            if (vocabulary.TryIdOfShortToken(token, out var id))
            {
                shorts++;
                Assert.That(id, Is.EqualTo(vocabulary.IdOf(normalised)), token);
            }
        }

        Assert.That(shorts, Is.EqualTo(12));
    }

    // Words made so that both halves of their bits agree: whatever adds them up finds them all in one place.
    [Test]
    public void Vocabulary_WordsMadeToCollide_LoadsAllTheSame()
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz";
        var words = from a in Letters
                    from b in Letters
                    from c in Letters
                    from d in Letters.Take(12)
                    select $"{a}{b}{a}{b}{c}{d}{c}{d}";
        var vocabulary = new Vocabulary([.. Vocabulary.SpecialTokens, .. words]);

        Assert.That(vocabulary.TryIdOfShortToken("zzzzzlzl", out var id), Is.True);
        Assert.That(vocabulary.Tokens[id], Is.EqualTo("zzzzzlzl"));
    }

    [Test]
    public void ToText_AnyWords_ParsesToTheSame()
    {
        string[] tokens =
        [
            .. Vocabulary.SpecialTokens, "don't", "\ufffd", "a\ufffdb", "\u0001", "\ud83d\ude00", "\ufeff", "école",
            new('x', 128),
        ];
        var text = new Vocabulary(tokens).ToText();
        Assert.That(Vocabulary.Parse(text).Tokens, Is.EqualTo(tokens));
        Assert.That(Vocabulary.Parse(text).ToText(), Is.EqualTo(text));
    }

    [Test]
    public void Parse_WordWithNul_IsRefused() => AssertRefused(Special + "a\0b\n", "NUL");

    [TestCase("<padding>\n<start>\n<unknown>\nthe")]
    [TestCase("<padding>\n<start>\n<unknown>\nthe\n")]
    [TestCase("<padding>\r\n<start>\r\n<unknown>\r\nthe")]
    [TestCase("<padding>\r\n<start>\r\n<unknown>\r\nthe\r\n")]
    public void Parse_AnyLineEnds_ReadsTheSame(string text) =>
        Assert.That(Vocabulary.Parse(text).ToText(), Is.EqualTo(Special + "the\n"));

    [Test]
    public void Parse_SpecialTokensAlone_IsAVocabularyWithoutWords() =>
        Assert.That(Vocabulary.Parse(Special).Count, Is.EqualTo(3));

    [TestCase("")]
    [TestCase("the\nfilm\n")]
    [TestCase("<padding>\n<start>\n")]
    [TestCase("<start>\n<padding>\n<unknown>\nthe\n")]
    [TestCase("<PADDING>\n<start>\n<unknown>\nthe\n")]
    public void Parse_SpecialTokensMissing_SaysHowItHasToBegin(string text) =>
        AssertRefused(text, "its first lines have to be '<padding> <start> <unknown>'");

    [Test]
    public void Parse_DuplicateWord_NamesItAndBothIds() =>
        AssertRefused(Special + "the\nfilm\nthe\n", "'the' both as id 3 and as id 5");

    [TestCase("the\n\nfilm\n", "id 4 has 0 characters")]
    [TestCase("the\n\n", "id 4 has 0 characters")]
    [TestCase("the\rfilm\n", "line break")]
    public void Parse_EmptyOrBrokenLine_NamesTheId(string words, string message) =>
        AssertRefused(Special + words, message);

    [Test]
    public void Parse_TooLongWord_NamesItsLength() =>
        AssertRefused(Special + new string('x', 129), "id 3 has 129 characters");

    [Test]
    public void Constructor_LoneSurrogate_IsRefused()
    {
        foreach (var word in new[] { "\ud800", "a\udc00", "\ud83d\ud83d\ude00" })
        {
            Assert.That(
                () => new Vocabulary([.. Vocabulary.SpecialTokens, word]),
                Throws.InstanceOf<InvalidInputException>().With.Message.Contains("half a surrogate pair"),
                HostileText.Escaped(word));
        }
    }

    private static void AssertRefused(string text, string message) => Assert.That(
        () => Vocabulary.Parse(text), Throws.InstanceOf<InvalidInputException>().With.Message.Contains(message));
}
