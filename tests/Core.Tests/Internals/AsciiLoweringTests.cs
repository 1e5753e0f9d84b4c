using OnnxSentiment.Core.Internals;

namespace OnnxSentiment.Core.Tests.Internals;

public class AsciiLoweringTests
{
    [Test]
    public void TryLower_EveryAsciiCharacterAtEveryPlace_IsTheBaseLibrarysLowerCase([Range(1, 13)] int length)
    {
        for (var place = 0; place < length; place++)
        {
            for (var c = '\0'; c < 128; c++)
            {
                var word = new string('Q', place) + c + new string('z', length - place - 1);
                var lower = new char[length];
                Assert.That(AsciiLowering.TryLower(word, lower));
                Assert.That(new string(lower), Is.EqualTo(word.ToLowerInvariant()));
            }
        }
    }

    [Test]
    public void TryLower_OtherCharacterAtEveryPlace_IsRefused(
        [Range(1, 13)] int length, [Values('\u0080', '\u00C9', '\u0141', '\uD800', '\uFFFF')] char other)
    {
        for (var place = 0; place < length; place++)
        {
            var word = new string('a', place) + other + new string('a', length - place - 1);
            Assert.That(AsciiLowering.TryLower(word, new char[length]), Is.False, word);
        }
    }

    [Test]
    public void TryLower_Nothing_IsLower() => Assert.That(AsciiLowering.TryLower("", []));
}
