using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime.Tests;

public class RunSlotTests
{
    private static readonly long[][] Batches = [[1, 5, 6, 7], [1, 9, 2, 3], [1, 5, 6, 7]];

    [Test]
    public void Run_MemoryOfEitherKind_ComputesTheIdsOfEachRun()
    {
        using var options = SessionFactory.CreateOptions();
        using var session = new InferenceSession(TestModel.Bytes(), options);
        using var plain = new RunSlot(session, new ManagedMemory());
        using var copied = new RunSlot(session, new ManagedMemory(isForGpu: true));

        var expected = Batches.Select(batch => Logit(plain, batch)).ToList();

        Assert.That(expected[1], Is.Not.EqualTo(expected[0]));
        Assert.That(expected[2], Is.EqualTo(expected[0]));
        Assert.That(Batches.Select(batch => Logit(copied, batch)), Is.EqualTo(expected));
    }

    [Test]
    public void Run_ShapeThatHasOccurred_AllocatesNothing()
    {
        using var options = SessionFactory.CreateOptions();
        using var session = new InferenceSession(TestModel.Bytes(), options);
        using var slot = new RunSlot(session, new ManagedMemory());
        Logit(slot, Batches[0]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Logit(slot, Batches[i % Batches.Length]);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Run_MemoryThatRunsOut_LeavesTheSlotUsable()
    {
        using var options = SessionFactory.CreateOptions();
        using var session = new InferenceSession(TestModel.Bytes(), options);
        using var memory = new ScarceMemory(maximum: 64);
        var slot = new RunSlot(session, memory);
        var before = Logit(slot, Batches[0]);

        Assert.That(() => { slot.Ids(65); }, Throws.TypeOf<OutOfMemoryException>());

        Assert.That(Logit(slot, Batches[0]), Is.EqualTo(before));
        Assert.That(memory.InUse, Is.EqualTo(3), "ids, logits, probabilities");
        slot.Dispose();
        Assert.That(memory.InUse, Is.Zero);
    }

    private static float Logit(RunSlot slot, long[] ids)
    {
        ids.CopyTo(slot.Ids(ids.Length));
        slot.Run(rows: 1, ids.Length, CancellationToken.None);
        return slot.Logits[0];
    }

    /// <summary>Gives no more than so many values at once, and counts the buffers that are in use.</summary>
    private sealed class ScarceMemory(int maximum) : HostMemory
    {
        public int InUse { get; private set; }

        public override string Name => "scarce";

        public override bool IsCopiedWhenBound => false;

        public override unsafe HostBuffer<T> Allocate<T>(int count)
        {
            if (count > maximum)
            {
                throw new OutOfMemoryException();
            }

            InUse++;
            var array = GC.AllocateUninitializedArray<T>(count, pinned: true);
            fixed (T* data = array)
            {
                return new HostBuffer<T>(data, count, new Owner(array, this));
            }
        }

        private sealed class Owner(Array array, ScarceMemory memory) : IDisposable
        {
            public Array Array => array;

            public void Dispose() => memory.InUse--;
        }
    }
}
