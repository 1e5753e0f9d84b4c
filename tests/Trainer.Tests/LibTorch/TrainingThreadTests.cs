namespace OnnxSentiment.Trainer.Tests;

public class TrainingThreadTests
{
    // libtorch's random numbers are the whole process's: of two that draw at the same time, neither gets its own.
    [Test]
    public void Run_FromSeveralThreads_RunsOneAfterTheOther()
    {
        var order = new List<string>();
        Thread[] others = [];
        TrainingThread.Run(1, () =>
        {
            others =
                [.. Enumerable.Range(0, 3).Select(_ => new Thread(() => TrainingThread.Run(1, () => Note("other"))))];
            Array.ForEach(others, other => other.Start());
            Array.ForEach(others, WaitUntilItWaits);
            return Note("first");
        });
        Array.ForEach(others, other => other.Join());

        Assert.That(order, Is.EqualTo(new[] { "first", "other", "other", "other" }));

        int Note(string what)
        {
            lock (order)
            {
                order.Add(what);
            }

            return 0;
        }
    }

    // A caller that is let in waits as well, for its work, but only after the work has noted itself.
    private static void WaitUntilItWaits(Thread caller) =>
        SpinWait.SpinUntil(() => caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin));

    [Test]
    public void Run_CancelledWhileAnotherRuns_DoesNotWait() => TrainingThread.Run(1, () =>
    {
        Assert.That(() => TrainingThread.Run(1, () => 0, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        return 0;
    });

    [Test]
    public void Run_WorkThatFails_LetsTheNextOneIn()
    {
        Assert.That(() => TrainingThread.Run<int>(1, () => throw new InvalidDataException("first")),
            Throws.InstanceOf<InvalidDataException>());
        Assert.That(TrainingThread.Run(1, () => 2), Is.EqualTo(2));
    }
}
