namespace OnnxSentiment.Core.Tests;

public class TextEncoderTests
{
    private static readonly Vocabulary Words =
        new([.. Vocabulary.SpecialTokens, "good", "bad", "not", "\ufffd", "\ud83d\ude00", new string('a', 128), "!"]);

    private static TextEncoder Encoder(int maximumLength, TokenizerKind kind = TokenizerKind.Keras) =>
        new(new TextSettings { MaximumLength = maximumLength, Tokenizer = kind }, Words);

    [Test]
    public void Encode_Words_BeginsWithStartId() =>
        Assert.That(Encoder(10).Encode("Not BAD, not good!"), Is.EqualTo([1L, 5, 4, 5, 3]));

    [TestCase("")]
    [TestCase("?! \n")]
    public void Encode_NoToken_IsTheStartIdAlone(string text) =>
        Assert.That(Encoder(10).Encode(text), Is.EqualTo([Vocabulary.StartId]));

    [Test]
    public void Encode_UnknownWord_HasTheUnknownId() =>
        Assert.That(Encoder(10).Encode("good plot"), Is.EqualTo([1L, 3, Vocabulary.UnknownId]));

    [TestCase(2, new long[] { 1, 5 })]
    [TestCase(3, new long[] { 1, 4, 5 })]
    [TestCase(4, new long[] { 1, 3, 4, 5 })]
    [TestCase(5, new long[] { 1, 3, 4, 5 })]
    public void Encode_LongerThanMaximum_KeepsTheLastTokensAndCountsTheStartId(int maximumLength, long[] expected) =>
        Assert.That(Encoder(maximumLength).Encode("good bad not"), Is.EqualTo(expected));

    [TestCase("<padding>", "padding", 2)]
    [TestCase("<start>", "start", 2)]
    public void Encode_SpellingOfASpecialToken_IsAnOrdinaryWord(string text, string word, int id)
    {
        Assert.That(Words.IdOf(word), Is.EqualTo(id));
        Assert.That(Encoder(10).Encode(text), Is.EqualTo([1L, id]));
    }

    [TestCase(128, 8)]
    [TestCase(129, Vocabulary.UnknownId)]
    [TestCase(100_000, Vocabulary.UnknownId)]
    public void Encode_LongToken_IsUnknownOverTheMaximum(int length, int id) =>
        Assert.That(Encoder(10).Encode(new string('A', length)), Is.EqualTo([1L, id]));

    [Test]
    public void Encode_Surrogates_FindsPairsAndReplacementCharacter() =>
        Assert.That(Encoder(10).Encode("\ud83d\ude00 \ud83d \ude00 \ufffd"), Is.EqualTo([1L, 7, 6, 6, 6]));

    [Test]
    public void Encode_KerasPunctuation_HasIdsForPunctuation() =>
        Assert.That(Encoder(10, TokenizerKind.KerasPunctuation).Encode("good!?"), Is.EqualTo([1L, 3, 9, 2]));

    [Test]
    public void Encode_IntoLongerSpan_WritesTheSameIdsToItsFront()
    {
        var ids = new long[50];
        var count = Encoder(4).Encode("good good bad not", ids);
        Assert.That(ids[..count], Is.EqualTo([1L, 3, 4, 5]));
    }

    // One id less than the maximum, because the start id stands nowhere in the text.
    [TestCase(2, new[] { "not" })]
    [TestCase(3, new[] { "bad", "not" })]
    [TestCase(4, new[] { "good", "bad", "not" })]
    [TestCase(5, new[] { "good", "bad", "not" })]
    public void Locate_LongerThanMaximum_NamesThePlacesOfTheLastTokens(int maximumLength, string[] expected)
    {
        const string Text = " good, bad; not!";

        Assert.That(Encoder(maximumLength).Locate(Text).Select(place => Text[place]), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("?! \n")]
    public void Locate_NoToken_IsEmpty(string text) => Assert.That(Encoder(10).Locate(text), Is.Empty);

    [Test]
    public void Locate_SeededHostileTexts_HasAPlaceForEachIdInOrder([Values] TokenizerKind kind)
    {
        var encoder = Encoder(20, kind);
        for (var seed = 0; seed < 500; seed++)
        {
            var text = HostileText.Of(seed);
            var places = encoder.Locate(text);
            Assert.That(
                places.Select(place => encoder.Encode(text.AsSpan()[place])[^1]),
                Is.EqualTo(encoder.Encode(text)[1..]), $"seed {seed}: {HostileText.Escaped(text)}");
            Assert.That(places.Select(place => place.Start.Value), Is.Ordered, $"seed {seed}");
        }
    }

    [Test]
    public void Encode_SpanTooShort_Throws() => Assert.That(
        () => Encoder(10).Encode("good", new long[9]),
        Throws.ArgumentException.With.Message.Contains("holds 9 ids").And.Message.Contains("up to 10"));

    [Test]
    public void Encode_MaximumLengthOverTheStackBuffer_EncodesAll() =>
        Assert.That(Encoder(2_000).Encode(string.Concat(Enumerable.Repeat("good ", 3_000))), Has.Length.EqualTo(2_000));

    [Test]
    public void Encode_SeededHostileTexts_AgreesWithNaiveTokensAndIds([Values] TokenizerKind kind)
    {
        var encoder = Encoder(20, kind);
        for (var seed = 0; seed < 2_000; seed++)
        {
            var text = HostileText.Of(seed);
            var expected = NaiveTokenizer.Tokenize(text, kind).TakeLast(19)
                .Select(token => Words.Tokens.ToList().IndexOf(token))
                .Select(id => id < 0 ? (long)Vocabulary.UnknownId : id);
            Assert.That(
                encoder.Encode(text), Is.EqualTo(expected.Prepend(1L)), $"seed {seed}: {HostileText.Escaped(text)}");
        }
    }

    [Test]
    public void Constructor_SettingsOutOfRange_Throws() => Assert.That(
        () => Encoder(1),
        Throws.InstanceOf<InvalidInputException>().With.Message.EqualTo(
            "maximum_length is 1, but has to lie between 2 and 10000."));
}
