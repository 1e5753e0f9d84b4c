namespace OnnxSentiment.Core.Tests;

/// <summary>
/// The walker that reads from the end, against an independent implementation that reads from the start.
/// </summary>
[TestFixture(TokenizerKind.Keras)]
[TestFixture(TokenizerKind.KerasPunctuation)]
public class TokenizerAgreementTests(TokenizerKind kind)
{
    private const int Seeds = 5_000;

    private const string Review = """
        I went in expecting "The Matrix" (1999) & got... THIS?! It's 90 minutes -- no, 95 -- of well-lit nothing.
        <br /><br />
        Don't get me wrong: the first act wasn't bad at all; René Clément's café scene is a 10/10. But the rest... ugh!
        """;

    private readonly Tokenizer _tokenizer = new(kind);

    [Test]
    public void Tokenize_SeededHostileTexts_AgreesWithNaiveImplementation()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var text = HostileText.Of(seed);
            Assert.That(
                _tokenizer.Tokenize(text), Is.EqualTo(NaiveTokenizer.Tokenize(text, kind)),
                $"seed {seed}: {HostileText.Escaped(text)}");
        }
    }

    // Characters are classified in blocks of 64 from the end: words, gaps and other alphabets across their borders.
    [Test]
    public void Tokenize_EveryLengthUpToSomeBlocks_AgreesWithNaiveImplementation(
        [Values("ab ", "abcdefghij.", "x", " ", "!", "aé ")] string pattern)
    {
        var text = string.Concat(Enumerable.Repeat(pattern, 300));
        for (var length = 0; length <= 300; length++)
        {
            var part = text[..length];
            Assert.That(_tokenizer.Tokenize(part), Is.EqualTo(NaiveTokenizer.Tokenize(part, kind)), $"length {length}");
        }
    }

    [Test]
    public void Tokenize_EveryUtf16Unit_AgreesWithNaiveImplementation()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var text = $"x{(char)c}Y";
            Assert.That(_tokenizer.Tokenize(text), Is.EqualTo(NaiveTokenizer.Tokenize(text, kind)), $"U+{c:X4}");
        }
    }

    [Test]
    public void Tokenize_Review_AgreesWithNaiveImplementation() =>
        Assert.That(_tokenizer.Tokenize(Review), Is.EqualTo(NaiveTokenizer.Tokenize(Review, kind)));

    [Test]
    public void Tokenize_Review_HasTheTokensReadByEye()
    {
        var expected = kind == TokenizerKind.Keras
            ? "i went in expecting the matrix 1999 got this it's 90 minutes no 95 of well lit nothing br br "
                + "don't get me wrong the first act wasn't bad at all rené clément's café scene is a 10 10 but "
                + "the rest ugh"
            : "i went in expecting \" the matrix \" ( 1999 ) got . . . this ? ! it's 90 minutes no , 95 of well lit "
                + "nothing . br br don't get me wrong : the first act wasn't bad at all ; rené clément's café scene "
                + "is a 10 10 . "
                + "but the rest . . . ugh !";
        Assert.That(string.Join(' ', _tokenizer.Tokenize(Review)), Is.EqualTo(expected));
    }
}
