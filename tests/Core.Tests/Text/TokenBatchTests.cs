namespace OnnxSentiment.Core.Tests;

public class TokenBatchTests
{
    [Test]
    public void Pad_UnequalTexts_PadsOnTheRight()
    {
        var batch = TokenBatch.Pad([[1, 5], [1, 6, 7], [1]]);
        Assert.That(batch.Count, Is.EqualTo(3));
        Assert.That(batch.SequenceLength, Is.EqualTo(3));
        Assert.That(batch.Ids.ToArray(), Is.EqualTo([1L, 5, 0, 1, 6, 7, 1, 0, 0]));
        Assert.That(batch.Lengths.ToArray(), Is.EqualTo([2, 3, 1]));
    }

    [Test]
    public void Pad_MinimumLength_PadsFurther()
    {
        var batch = TokenBatch.Pad([[1, 5]], minimumSequenceLength: 4);
        Assert.That(batch.Ids.ToArray(), Is.EqualTo([1L, 5, 0, 0]));
        Assert.That(batch.Lengths.ToArray(), Is.EqualTo([2]));
    }

    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(2)]
    public void Pad_MinimumUnderTheLongest_ChangesNothing(int minimum) =>
        Assert.That(TokenBatch.Pad([[1], [1, 5, 6]], minimum).SequenceLength, Is.EqualTo(3));

    [Test]
    public void Indexer_Row_IsTheTextWithoutPadding()
    {
        var batch = TokenBatch.Pad([[1, 5], [1, 6, 7]], minimumSequenceLength: 9);
        Assert.That(batch[0].ToArray(), Is.EqualTo([1L, 5]));
        Assert.That(batch[1].ToArray(), Is.EqualTo([1L, 6, 7]));
    }

    [Test]
    public void Pad_NoText_Throws() =>
        Assert.That(() => TokenBatch.Pad([]), Throws.ArgumentException.With.Message.Contains("at least one text"));

    [Test]
    public void Pad_EmptyText_NamesItsRow() =>
        Assert.That(() => TokenBatch.Pad([[1], []]), Throws.ArgumentException.With.Message.Contains("Text 1 is empty"));

    [Test]
    public void Pad_PaddingIdInAText_NamesItsRow() => Assert.That(
        () => TokenBatch.Pad([[1], [1, 0, 5]]), Throws.ArgumentException.With.Message.Contains("Text 1")
            .And.Message.Contains("padding id 0"));

    [Test]
    public void Pad_CallersArrays_AreCopied()
    {
        long[] text = [1, 5];
        var batch = TokenBatch.Pad([text]);
        text[1] = 9;
        Assert.That(batch[0].ToArray(), Is.EqualTo([1L, 5]));
    }
}
