namespace OnnxSentiment.Runtime.Tests;

public class BatchQueueTimerTests
{
    // Between two looks at the clock a busy machine can pass any deadline, and timers refuse times in the past.
    [TestCase(0, ExpectedResult = 1_001)]
    [TestCase(400, ExpectedResult = 601)]
    [TestCase(1_000, ExpectedResult = 1)]
    [TestCase(1_002, ExpectedResult = 1)]
    [TestCase(60_000, ExpectedResult = 1)]
    public double DelayAfter_AnyTimeWaited_IsInTheFuture(int waited) =>
        BatchQueue.DelayAfter(TimeSpan.FromMilliseconds(waited), deadline: TimeSpan.FromSeconds(1)).TotalMilliseconds;
}
