namespace OnnxSentiment.Core.Tests;

public class CharacterClassesTests
{
    private const string Separators = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~";
    private const string OfTheirOwn = "!?.,;:()\"";

    private static readonly CharacterClasses Classes = new(Separators, OfTheirOwn);

    [Test]
    public void Classify_EveryCharacter_IsWhatItsClassSays([Values(1, 63, 64)] int length)
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var block = new string((char)c, length);
            var isOwn = OfTheirOwn.Contains((char)c);
            var isWord = !isOwn && !Separators.Contains((char)c) && !char.IsWhiteSpace((char)c);
            var all = ulong.MaxValue >> (64 - length);

            Classes.Classify(block, out var words, out var own);

            Assert.That((words, own), Is.EqualTo((isWord ? all : 0, isOwn ? all : 0)), $"U+{c:X4}");
        }
    }

    [Test]
    public void Classify_RandomBlocks_SetsTheBitOfEachCharacter([Values(1, 2, 3)] int seed, [Values] bool ascii)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var block = string.Concat(
                Enumerable.Range(0, 64).Select(_ => (char)random.Next(ascii || random.Next(20) > 0 ? 128 : 0x3100)));

            Classes.Classify(block, out var words, out var own);

            for (var i = 0; i < block.Length; i++)
            {
                Classes.Classify(block.AsSpan(i, 1), out var word, out var token);
                Assert.That(
                    ((words >> i) & 1, (own >> i) & 1),
                    Is.EqualTo((word, token)),
                    $"position {i} of '{block}', seed {seed}");
            }
        }
    }

    [Test]
    public void Classify_Nothing_HasNoBits()
    {
        Classes.Classify("", out var words, out var own);
        Assert.That((words, own), Is.EqualTo((0UL, 0UL)));
    }
}
