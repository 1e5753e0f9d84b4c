namespace OnnxSentiment.Core.Tests;

public class VocabularyBuilderTests
{
    [Test]
    public void Build_TokensWithNul_AreNoWords()
    {
        var builder = new VocabularyBuilder(new());
        builder.Add("a\0b \0 film");
        Assert.That(builder.Build().Tokens, Is.EqualTo(Vocabulary.SpecialTokens.Append("film")));
    }

    private static string[] Words(TextSettings settings, params string[] texts)
    {
        var builder = new VocabularyBuilder(settings);
        foreach (var text in texts)
        {
            builder.Add(text);
        }

        var vocabulary = builder.Build();
        Assert.That(vocabulary.Tokens.Take(3), Is.EqualTo(Vocabulary.SpecialTokens));
        return [.. vocabulary.Tokens.Skip(3)];
    }

    [Test]
    public void Build_Texts_OrdersByFallingFrequency() =>
        Assert.That(Words(new(), "b a c", "C b", "c"), Is.EqualTo(["c", "b", "a"]));

    // Ordinal: by UTF-16 units, so that z comes before é, and a surrogate pair before U+FFFD.
    [Test]
    public void Build_EqualCounts_OrdersByUtf16Units() =>
        Assert.That(
            Words(new(), "é \ufffd z \ud83d\ude00 a 1 '"),
            Is.EqualTo(["'", "1", "a", "z", "é", "\ud83d\ude00", "\ufffd"]));

    [Test]
    public void Build_TextsInAnyOrder_IsTheSame()
    {
        var texts = Enumerable.Range(0, 200).Select(HostileText.Of).ToArray();
        var expected = Words(new(), texts);
        for (var seed = 0; seed < 5; seed++)
        {
            new Random(seed).Shuffle(texts);
            Assert.That(Words(new(), texts), Is.EqualTo(expected), $"seed {seed}");
        }
    }

    [Test]
    public void Build_SizeLimit_CountsTheSpecialIds() =>
        Assert.That(Words(new() { VocabularySize = 5 }, "a a a b b c"), Is.EqualTo(["a", "b"]));

    [Test]
    public void Build_NoText_HasOnlyTheSpecialTokens() => Assert.That(Words(new()), Is.Empty);

    [Test]
    public void Build_AnyTexts_RoundTripsThroughText([Values] TokenizerKind kind)
    {
        var builder = new VocabularyBuilder(new() { Tokenizer = kind });
        for (var seed = 0; seed < 500; seed++)
        {
            builder.Add(HostileText.Of(seed));
        }

        var vocabulary = builder.Build();
        Assert.That(Vocabulary.Parse(vocabulary.ToText()).Tokens, Is.EqualTo(vocabulary.Tokens));
    }

    [Test]
    public void Add_LoneSurrogates_CountAsReplacementCharacter() =>
        Assert.That(Words(new(), "\ud800 \udc00 \ufffd x x"), Is.EqualTo(["\ufffd", "x"]));

    [Test]
    public void Add_TooLongToken_IsNoWord() =>
        Assert.That(
            Words(new(), new string('a', 129) + " " + new string('b', 128)), Is.EqualTo([new string('b', 128)]));

    [Test]
    public void Add_KerasPunctuation_CountsPunctuation() =>
        Assert.That(
            Words(new() { Tokenizer = TokenizerKind.KerasPunctuation }, "so, so, good -- so."),
            Is.EqualTo(["so", ",", ".", "good"]));

    [Test]
    public void Constructor_SizeWithoutRoomForAWord_Throws() => Assert.That(
        () => new VocabularyBuilder(new() { VocabularySize = 3 }),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("vocabulary_size is 3"));
}
