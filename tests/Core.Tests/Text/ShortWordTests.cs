namespace OnnxSentiment.Core.Tests;

public class ShortWordTests
{
    [Test]
    public void TryCreate_EveryAsciiCharacterAtEveryPlace_IsThatOfTheLowerCase([Range(1, 8)] int length)
    {
        for (var place = 0; place < length; place++)
        {
            for (var c = '\0'; c < 128; c++)
            {
                var word = new string('Q', place) + c + new string('z', length - place - 1);
                Assert.That(ShortWord.TryCreate(word, out var found), $"'{word}'");
                ShortWord.TryCreate(word.ToLowerInvariant(), out var lower);
                Assert.That(found, Is.EqualTo(lower), $"'{word}'");
            }
        }
    }

    [Test]
    public void TryCreate_DifferentWords_AreDifferent()
    {
        // Of two letters and NUL, whose bits are all 0.
        var words = new List<string> { "" };
        for (var start = 0; words[^1].Length < 8;)
        {
            for (var end = words.Count; start < end; start++)
            {
                words.AddRange([words[start] + 'a', words[start] + 'b', words[start] + '\0']);
            }
        }

        var created = words.Skip(1)
            .Select(word => (IsShort: ShortWord.TryCreate(word, out var found), Word: found)).ToList();

        Assert.That(created.Select(c => c.IsShort), Is.All.True);
        Assert.That(created.Select(c => c.Word).Distinct().Count(), Is.EqualTo(created.Count).And.EqualTo(9_840));
    }

    [Test]
    public void TryCreate_OtherCharacterAtEveryPlace_IsRefused(
        [Range(1, 8)] int length, [Values('\u0080', '\u00C9', '\u0141', '\u8000', '\uFFFF')] char other)
    {
        for (var place = 0; place < length; place++)
        {
            var word = new string('a', place) + other + new string('a', length - place - 1);
            Assert.That(ShortWord.TryCreate(word, out _), Is.False, word);
        }
    }

    [TestCase("")]
    [TestCase("ninechars")]
    public void TryCreate_OtherLength_IsRefused(string word) => Assert.That(ShortWord.TryCreate(word, out _), Is.False);
}
