namespace OnnxSentiment.Trainer.Tests;

public class LookAheadTests
{
    // Far more than any of these takes; whoever waits for it has found an error.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(1_000)]
    public void Select_AnyLookAhead_GivesThePlainLoopsResultsInOrder(int items)
    {
        var random = new Random(1);
        var prepared = LookAhead.Select(Enumerable.Range(0, 300), i => (i, random.Next()), items).ToList();

        var same = new Random(1);
        Assert.That(prepared, Is.EqualTo(Enumerable.Range(0, 300).Select(i => (i, same.Next()))));
    }

    [Test]
    public void Select_NoItems_IsEmpty() => Assert.That(LookAhead.Select(Array.Empty<int>(), i => i), Is.Empty);

    [Test]
    public void Select_WhileAnItemIsUsed_PreparesTheNextOnesOnOneOtherThread()
    {
        var threads = new HashSet<int>();
        using var third = new ManualResetEventSlim();
        using var enumerator = LookAhead.Select(Enumerable.Range(0, 10), Prepare, items: 2).GetEnumerator();

        Assert.That(enumerator.MoveNext());
        Assert.That(third.Wait(Patience), "the third item was not prepared while the first was used");
        Assert.That(
            threads, Is.EquivalentTo(new[] { threads.First() }).And.Not.Contains(Environment.CurrentManagedThreadId));

        int Prepare(int item)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            if (item == 2)
            {
                third.Set();
            }

            return item;
        }
    }

    [Test]
    public void Select_SlowConsumer_PreparesNoMoreThanTheBound()
    {
        Thread? preparing = null;
        var begun = 0;
        using var enumerator = LookAhead.Select(Enumerable.Range(0, 100), Prepare, items: 3).GetEnumerator();
        enumerator.MoveNext();
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref begun) == 5 && Waits(preparing!), Patience));

        // The one that is used, three that are ready, and one that waits for a place.
        Assert.That(Volatile.Read(ref begun), Is.EqualTo(5));

        int Prepare(int item)
        {
            preparing = Thread.CurrentThread;
            return Interlocked.Increment(ref begun);
        }
    }

    private static bool Waits(Thread thread) => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin);

    [Test]
    public void Select_PreparationThrows_ThrowsThatAfterTheItemsBefore()
    {
        var seen = new List<int>();
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var item in LookAhead.Select(Enumerable.Range(0, 10), Prepare, items: 8))
            {
                seen.Add(item);
            }
        });

        Assert.That(error!.Message, Is.EqualTo("item 5"));
        Assert.That(error.StackTrace, Does.Contain(nameof(Prepare)), "where it was thrown first");
        Assert.That(seen, Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));

        static int Prepare(int item) => item < 5 ? item : throw new InvalidDataException($"item {item}");
    }

    [Test]
    public void Select_SourceThrows_ThrowsThat() => Assert.That(
        () => LookAhead.Select(
            Enumerable.Range(0, 3).Select(i => i < 2 ? i : throw new InvalidDataException("source")), i => i).ToList(),
        Throws.InstanceOf<InvalidDataException>().With.Message.EqualTo("source"));

    [Test]
    public void Select_LeftEarly_HasNoThreadLeft()
    {
        Thread? preparing = null;
        foreach (var _ in LookAhead.Select(Enumerable.Range(0, 100), Prepare, items: 2))
        {
            break;
        }

        Assert.That(preparing!.IsAlive, Is.False);

        int Prepare(int item)
        {
            preparing = Thread.CurrentThread;
            return item;
        }
    }

    // The preparation may have ended before anybody waits for an item: that looks like the end of the items. A race, so
    // many times.
    [Test, Repeat(20)]
    public void Select_CancelledBefore_NeverLooksLikeTheEnd()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.That(
            () => LookAhead.Select(Enumerable.Range(0, 3), item => item, cancellation: cancelled).ToList(),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Select_Cancelled_ThrowsAndHasNoThreadLeft()
    {
        using var source = new CancellationTokenSource();
        Thread? preparing = null;
        var seen = 0;
        Assert.That(
            () =>
            {
                foreach (var _ in LookAhead.Select(Enumerable.Range(0, 100), Prepare, items: 2, source.Token))
                {
                    seen++;
                    source.Cancel();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen, Is.EqualTo(1));
        Assert.That(preparing!.IsAlive, Is.False);

        int Prepare(int item)
        {
            preparing = Thread.CurrentThread;
            return item;
        }
    }
}
