namespace OnnxSentiment.Trainer.Tests;

public class TrainingThreadTests
{
    // libtorch's random numbers are the whole process's: of two that draw at the same time, neither gets its own.
    [Test]
    public void Run_FromSeveralThreads_RunsOneAfterTheOther()
    {
        var (running, most) = (0, 0);
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() => TrainingThread.Run(1, Work)))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Assert.That(most, Is.EqualTo(1));

        int Work()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Thread.Sleep(50); // time in which another would begin
            return Interlocked.Decrement(ref running);
        }
    }

    [Test]
    public void Run_CancelledWhileAnotherRuns_DoesNotWait() => TrainingThread.Run(1, () =>
    {
        Assert.That(() => TrainingThread.Run(1, () => 0, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        return 0;
    });

    [Test]
    public void Run_WorkThatFails_LetsTheNextOneIn()
    {
        Assert.That(() => TrainingThread.Run<int>(1, () => throw new InvalidDataException("first")), Throws.InstanceOf<InvalidDataException>());
        Assert.That(TrainingThread.Run(1, () => 2), Is.EqualTo(2));
    }
}
