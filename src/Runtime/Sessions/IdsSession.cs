using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime;

/// <summary>A graph that reads token ids, on the CPU or a GPU.</summary>
internal sealed class IdsSession : GraphSession
{
    private readonly HostMemory _memory;
    private readonly SlotPool _slots;

    /// <summary>Takes over session and memory, and disposes them.</summary>
    public IdsSession(InferenceSession session, HostMemory memory)
        : base(session)
    {
        _memory = memory;
        _slots = new SlotPool(() => new RunSlot(session, memory));
    }

    /// <summary>Begins a run; its disposal ends it.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public Run Begin()
    {
        Enter();
        try
        {
            return new Run(this, _slots.Rent());
        }
        catch
        {
            Exit();
            throw;
        }
    }

    protected override void Free()
    {
        _slots.Dispose();
        _memory.Dispose();
        base.Free();
    }

    private void End(RunSlot slot)
    {
        _slots.Return(slot);
        Exit();
    }

    /// <summary>One run: ask for memory, write the ids there, compute, read the results, dispose.</summary>
    internal readonly ref struct Run(IdsSession session, RunSlot slot)
    {
        /// <summary>The logits of all rows, after <see cref="Compute"/> and until the disposal.</summary>
        public ReadOnlySpan<float> Logits => slot.Logits;

        /// <summary>The probabilities of all rows, after <see cref="Compute"/> and until the disposal.</summary>
        public ReadOnlySpan<float> Probabilities => slot.Probabilities;

        /// <summary>The logits of one row, under the same conditions.</summary>
        public ReadOnlySpan<float> LogitsOf(int row) => Logits.Slice(row * session.LogitCount, session.LogitCount);

        /// <summary>The probabilities of one row, under the same conditions.</summary>
        public ReadOnlySpan<float> ProbabilitiesOf(int row) =>
            Probabilities.Slice(row * session.LogitCount, session.LogitCount);

        /// <summary>Where the ids belong, row after row; not cleared.</summary>
        public Span<long> Ids(int count) => slot.Ids(count);

        /// <summary>Computes the rows that stand at the beginning of the memory for ids.</summary>
        /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
        /// <exception cref="InvalidOperationException">The graph cannot be computed for these ids.</exception>
        public void Compute(int rows, int length, CancellationToken cancellation = default)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                slot.Run(rows, length, cancellation);
            }
            catch (OnnxRuntimeException e)
            {
                throw new InvalidOperationException(
                    $"ONNX Runtime could not compute a batch of {rows} texts of {length} ids: {e.Message}", e);
            }

            Metrics.OnRun(rows, slot.Ids(rows * length)[..(rows * length)], Stopwatch.GetElapsedTime(start));
        }

        public void Dispose() => session.End(slot);
    }
}
