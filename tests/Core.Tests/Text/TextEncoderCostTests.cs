using System.Diagnostics;

namespace OnnxSentiment.Core.Tests;

/// <summary>Texts of 10 MB cost bounded memory and linear time, whatever is in them.</summary>
public class TextEncoderCostTests
{
    private const int TenMillion = 10_000_000;

    private static readonly TextEncoder Encoder =
        new(
            new TextSettings { Tokenizer = TokenizerKind.KerasPunctuation },
            new([.. Vocabulary.SpecialTokens, "good"]));

    private static readonly string[] Patterns = ["good ", "x", " ", "!", "good!", "\ud83d", "\u3000", "\0"];
    private static readonly string[] OneTokenAtMost = ["x", " ", "\u3000", "\ud83d"];

    [Test]
    public void Encode_IntoSpan_AllocatesNothing([ValueSource(nameof(Patterns))] string pattern)
    {
        var text = Repeat(pattern, TenMillion);
        var ids = new long[Encoder.Settings.MaximumLength];
        Encoder.Encode(pattern, ids);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = Encoder.Encode(text, ids);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(count, Is.InRange(1, ids.Length));
    }

    [Test]
    public void Encode_ToArray_AllocatesTheArrayAlone()
    {
        var text = Repeat("good ", TenMillion);
        Encoder.Encode(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Encoder.Encode(text);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan((200 * sizeof(long)) + 100));
    }

    // A thousand times the length takes a thousand times the time where it is linear, and a million times where it is
    // quadratic; in between there is room for whatever else the machine does.
    [Test]
    public void Encode_AtMostOneToken_TakesLinearTime([ValueSource(nameof(OneTokenAtMost))] string pattern) =>
        Assert.That(Ratio(pattern, TenMillion, TenMillion / 1_000), Is.LessThan(30_000));

    // A thousand times the length takes the same time where only the end is read, and a thousand times where all is.
    [Test]
    public void Encode_TextWithWords_ReadsOnlyItsEnd() =>
        Assert.That(Ratio("good ", TenMillion, TenMillion / 1_000), Is.LessThan(100));

    private static double Ratio(string pattern, int longer, int shorter) =>
        (double)BestTicks(Repeat(pattern, longer)) / BestTicks(Repeat(pattern, shorter));

    private static long BestTicks(string text)
    {
        var ids = new long[Encoder.Settings.MaximumLength];
        return Enumerable.Range(0, 7).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            Encoder.Encode(text, ids);
            return Stopwatch.GetTimestamp() - start;
        });
    }

    private static string Repeat(string pattern, int length) =>
        string.Create(length, pattern, (text, p) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = p[i % p.Length];
            }
        });
}
