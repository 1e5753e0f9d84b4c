namespace OnnxSentiment.Server.Tests;

/// <summary>A request's own timeout.</summary>
[Parallelizable]
public class DeadlineTests
{
    [TestCase(1_000, 1, TestName = "OfMicroseconds_AThousand_IsOneMillisecond")]
    [TestCase(2_500_000, 2_500, TestName = "OfMicroseconds_TwoAndAHalfMillion_IsTwoAndAHalfSeconds")]
    [TestCase(1, 1, TestName = "OfMicroseconds_One_IsTheShortestATimerTakes")]
    [TestCase(Deadline.LongestMicroseconds, 86_400_000, TestName = "OfMicroseconds_TheMost_IsADay")]
    public void OfMicroseconds_Timeout_IsBetweenAMillisecondAndADay(long microseconds, double milliseconds) =>
        Assert.That(Deadline.OfMicroseconds(microseconds)?.TotalMilliseconds, Is.EqualTo(milliseconds));

    [Test]
    public void OfMicroseconds_Zero_IsNone() => Assert.That(Deadline.OfMicroseconds(0), Is.Null);
}
