using OnnxSentiment.Core.Internals;

namespace OnnxSentiment.Core.Tests.Internals;

public class WordTableTests
{
    [Test]
    public void IndexOf_EveryWord_IsItsPosition([Values(0, 1, 2, 3, 1_000)] int count, [Values(1, 2)] int seed)
    {
        var words = RandomWords(seed).Distinct().Take(count).ToList();
        var table = new WordTable(words);

        Assert.That(words.Select(word => table.IndexOf(word)), Is.EqualTo(Enumerable.Range(0, count)), $"seed {seed}");
    }

    [Test]
    public void IndexOf_OtherWords_EqualsSearchInTheList([Values(1, 2, 3)] int seed)
    {
        var words = RandomWords(seed).Distinct().Take(500).ToList();
        var table = new WordTable(words);

        foreach (var word in RandomWords(-seed).Take(5_000))
        {
            Assert.That(table.IndexOf(word), Is.EqualTo(words.IndexOf(word)), $"'{word}', seed {seed}");
        }
    }

    [Test]
    public void IndexOf_WordsThatDifferInOneCharacter_TellsThemApart([Range(1, 20)] int length)
    {
        string[] words = [new('a', length), .. Enumerable.Range(0, length).Select(i => new string('a', i) + 'b' + new string('a', length - i - 1))];
        var table = new WordTable(words);

        Assert.That(words.Select(word => table.IndexOf(word)), Is.EqualTo(Enumerable.Range(0, length + 1)));
    }

    [Test]
    public void IndexOf_PartsOfWordsThatStandSideBySide_AreNotFound()
    {
        var table = new WordTable(["under", "stand"]);

        Assert.That(new[] { "understand", "under ", "nder", "erst", "" }.Select(word => table.IndexOf(word)), Is.All.EqualTo(-1));
    }

    [Test]
    public void IndexOf_WordThatStandsTwice_IsTheFirst() =>
        Assert.That(new WordTable(["x", "again", "y", "again"]).IndexOf("again"), Is.EqualTo(1));

    // Of few letters and up to 12 of them, so that many words share their beginning, their end or all letters.
    private static IEnumerable<string> RandomWords(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 13)).Select(_ => "abé\uFFFD"[random.Next(4)]));
        }
    }
}
