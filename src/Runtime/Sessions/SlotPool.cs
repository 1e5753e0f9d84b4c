namespace OnnxSentiment.Runtime;

/// <summary>Keeps a few slots for reuse, without locks and without allocating. Thread-safe.</summary>
internal sealed class SlotPool(Func<RunSlot> create) : IDisposable
{
    // As many calls at once find their slot here again; those of further ones are made and freed as they come.
    private readonly RunSlot?[] _slots = new RunSlot?[Math.Max(128, 2 * Environment.ProcessorCount)];

    public RunSlot Rent()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Volatile.Read(ref _slots[i]) is not null && Interlocked.Exchange(ref _slots[i], null) is { } slot)
            {
                return slot;
            }
        }

        return create();
    }

    public void Return(RunSlot slot)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _slots[i], slot, null) is null)
            {
                return;
            }
        }

        slot.Dispose();
    }

    /// <summary>Frees the slots that are here; none may be out.</summary>
    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot?.Dispose();
        }
    }
}
