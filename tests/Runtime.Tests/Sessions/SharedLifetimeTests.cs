namespace OnnxSentiment.Runtime.Tests;

public class SharedLifetimeTests
{
    [Test]
    public void End_NoUse_FreesOnce()
    {
        var freed = 0;
        var lifetime = new SharedLifetime(() => freed++);

        lifetime.End();
        lifetime.End();

        Assert.That(freed, Is.EqualTo(1));
        Assert.That(lifetime.TryEnter(), Is.False);
    }

    [Test]
    public void End_UnderUse_FreesWhenTheLastUseEnds()
    {
        var freed = 0;
        var lifetime = new SharedLifetime(() => freed++);
        Assert.That(lifetime.TryEnter(), Is.True);
        Assert.That(lifetime.TryEnter(), Is.True);

        lifetime.End();
        Assert.That(lifetime.TryEnter(), Is.False, "no new use after the end");
        lifetime.Exit();
        Assert.That((freed, lifetime.Freed.IsCompleted), Is.EqualTo((0, false)), "a use is still under way");
        lifetime.Exit();

        Assert.That((freed, lifetime.Freed.IsCompleted), Is.EqualTo((1, true)));
    }

    [Test]
    public void End_FreeingFails_StillEndsTheWait()
    {
        var lifetime = new SharedLifetime(() => throw new InvalidOperationException());

        Assert.That(lifetime.End, Throws.InvalidOperationException);

        Assert.That(lifetime.Freed.IsCompleted, Is.True);
    }

    [Test]
    public void TryEnter_RacingWithEnd_NeverMeetsWhatIsFreed()
    {
        for (var round = 0; round < 500; round++)
        {
            var freed = 0;
            var metFreed = 0;
            var lifetime = new SharedLifetime(() => Interlocked.Increment(ref freed));
            Parallel.For(0, 8, i =>
            {
                while (i > 0 && lifetime.TryEnter())
                {
                    Interlocked.Add(ref metFreed, Volatile.Read(ref freed));
                    lifetime.Exit();
                }

                lifetime.End();
            });

            Assert.That((freed, metFreed), Is.EqualTo((1, 0)), $"round {round}");
        }
    }
}
