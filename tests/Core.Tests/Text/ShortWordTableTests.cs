namespace OnnxSentiment.Core.Tests;

public class ShortWordTableTests
{
    private const int Missing = -1;

    [Test]
    public void Find_EveryWordAndOthers_EqualsTheDictionary(
        [Values(0, 1, 2, 3, 64, 1_000)] int count, [Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(0, count).ToDictionary(_ => RandomWord(random), _ => random.Next());
        var table = new ShortWordTable(numbers);

        foreach (var (word, number) in numbers)
        {
            Assert.That(table.Find(word, Missing), Is.EqualTo(number), $"seed {seed}");
        }

        for (var i = 0; i < 10_000; i++)
        {
            var word = RandomWord(random);
            Assert.That(
                table.Find(word, Missing), Is.EqualTo(numbers.GetValueOrDefault(word, Missing)), $"seed {seed}");
        }
    }

    // Every bit pattern, those of no word too.
    private static ShortWord RandomWord(Random random) => new((ulong)random.NextInt64(), (ulong)random.NextInt64(4));
}
