using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime;

/// <summary>The graph in ONNX Runtime, shared by all threads: each run computes on the thread that asks for it.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly SlotPool _slots;
    private readonly SharedLifetime _lifetime;

    /// <summary>Takes over session and memory, and disposes them.</summary>
    public ModelSession(InferenceSession session, HostMemory memory)
    {
        _session = session;
        Outputs = GraphSignature.OutputsOf(session);
        _slots = new SlotPool(() => new RunSlot(session, memory));
        _lifetime = new SharedLifetime(() =>
        {
            _slots.Dispose();
            memory.Dispose();
            _session.Dispose();
        });
    }

    /// <summary>The numbers of each kind that the graph gives a text.</summary>
    public int Outputs { get; }

    /// <summary>The file's <c>metadata_props</c>.</summary>
    /// <exception cref="Core.InvalidInputException">They cannot be read.</exception>
    public IReadOnlyDictionary<string, string> Properties => SessionFactory.PropertiesOf(_session);

    /// <summary>Begins a run; its disposal ends it.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public Run Begin()
    {
        ObjectDisposedException.ThrowIf(!_lifetime.TryEnter(), typeof(SentimentModel));
        try
        {
            return new Run(this, _slots.Rent());
        }
        catch
        {
            _lifetime.Exit();
            throw;
        }
    }

    /// <summary>Lets no further run begin; the last one under way frees the memory.</summary>
    public void Dispose() => _lifetime.End();

    /// <summary>Ends when the memory is free, after the disposal.</summary>
    public Task Freed => _lifetime.Freed;

    private void End(RunSlot slot)
    {
        _slots.Return(slot);
        _lifetime.Exit();
    }

    /// <summary>One run: ask for memory, write the ids there, compute, read the results, dispose.</summary>
    internal readonly ref struct Run(ModelSession session, RunSlot slot)
    {
        /// <summary>The logits of all rows, after <see cref="Compute"/> and until the disposal.</summary>
        public ReadOnlySpan<float> Logits => slot.Logits;

        /// <summary>The probabilities of all rows, after <see cref="Compute"/> and until the disposal.</summary>
        public ReadOnlySpan<float> Probabilities => slot.Probabilities;

        /// <summary>The logits of one row, under the same conditions.</summary>
        public ReadOnlySpan<float> LogitsOf(int row) => Logits.Slice(row * session.Outputs, session.Outputs);

        /// <summary>The probabilities of one row, under the same conditions.</summary>
        public ReadOnlySpan<float> ProbabilitiesOf(int row) => Probabilities.Slice(row * session.Outputs, session.Outputs);

        /// <summary>Where the ids belong, row after row; not cleared.</summary>
        public Span<long> Ids(int count) => slot.Ids(count);

        /// <summary>Computes the rows that stand at the beginning of the memory for ids.</summary>
        /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
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
