using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// What one run at a time needs, kept for the next: memory that does not move, bound once to the graph's input and
/// outputs for every shape that has occurred, so that a run allocates nothing; on a GPU, the input once a run. Not
/// thread-safe.
/// </summary>
internal sealed class RunSlot : IDisposable
{
    // Every length up to 200 as a single text and as a batch fits; beyond that, all are made anew as they occur.
    private const int MaximumBindings = 512;

    private readonly InferenceSession _session;
    private readonly HostMemory _memory;
    private readonly int _logitCount;
    private readonly RunOptions _options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly Dictionary<(int Rows, int Length), Binding> _bindings = [];
    private HostBuffer<long> _ids;
    private HostBuffer<float> _logits;
    private HostBuffer<float> _probabilities;

    public RunSlot(InferenceSession session, HostMemory memory)
    {
        _session = session;
        _memory = memory;
        _logitCount = GraphSignature.LogitCountOf(session);
        _ids = memory.Allocate<long>(0);
        _logits = memory.Allocate<float>(0);
        _probabilities = memory.Allocate<float>(0);
    }

    /// <summary>The results of the last run, row by row.</summary>
    public ReadOnlySpan<float> Logits => _logits.Span;

    /// <summary>The results of the last run, row by row.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities.Span;

    /// <summary>
    /// The memory for the ids of a run, at least as large as asked for; a larger one than before is not filled.
    /// </summary>
    public Span<long> Ids(int count)
    {
        if (_ids.Length < count)
        {
            Enlarge(ref _ids, count);
        }

        return _ids.Span;
    }

    /// <summary>
    /// Computes the batch that the first <paramref name="rows"/> × <paramref name="length"/> ids are.
    /// </summary>
    /// <exception cref="OperationCanceledException">
    /// The cancellation was asked for; the graph stopped at its next node.
    /// </exception>
    /// <exception cref="OnnxRuntimeException">The graph cannot be computed for these ids.</exception>
    public void Run(int rows, int length, CancellationToken cancellation)
    {
        var binding = BindingFor(rows, length);
        if (!cancellation.CanBeCanceled)
        {
            _session.RunWithBinding(_options, binding.Value);
            return;
        }

        try
        {
            RunUntil(cancellation, binding);
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            _options.Terminate = false;
        }
    }

    public void Dispose()
    {
        DropBindings();
        _ids.Dispose();
        _logits.Dispose();
        _probabilities.Dispose();
        _options.Dispose();
    }

    private void RunUntil(CancellationToken cancellation, Binding binding)
    {
        cancellation.ThrowIfCancellationRequested();
        using var _ = cancellation.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _options);
        _session.RunWithBinding(_options, binding.Value);
    }

    private Binding BindingFor(int rows, int length)
    {
        EnsureOutputs(rows);
        if (!_bindings.TryGetValue((rows, length), out var binding))
        {
            if (_bindings.Count == MaximumBindings)
            {
                DropBindings();
            }

            binding = new Binding(_session, _ids, _logits, _probabilities, (rows, length, _logitCount));
            _bindings.Add((rows, length), binding);
        }
        else if (_memory.IsCopiedWhenBound)
        {
            binding.BindInput();
        }

        return binding;
    }

    private void EnsureOutputs(int rows)
    {
        var count = rows * _logitCount;
        if (_probabilities.Length < count)
        {
            // The one that is looked at comes last, should memory be short.
            Enlarge(ref _logits, count);
            Enlarge(ref _probabilities, count);
        }
    }

    private void Enlarge<T>(ref HostBuffer<T> buffer, int count)
        where T : unmanaged
    {
        DropBindings();
        var larger = _memory.Allocate<T>(count);
        buffer.Dispose();
        buffer = larger;
    }

    private void DropBindings()
    {
        foreach (var binding in _bindings.Values)
        {
            binding.Dispose();
        }

        _bindings.Clear();
    }

    /// <summary>The tensors of one shape over a slot's memory, bound to the graph.</summary>
    private sealed class Binding : IDisposable
    {
        private readonly OrtValue _input;
        private readonly OrtValue _logit;
        private readonly OrtValue _probability;

        public Binding(
            InferenceSession session,
            HostBuffer<long> ids,
            HostBuffer<float> logits,
            HostBuffer<float> probabilities,
            (int Rows, int Length, int LogitCount) shape)
        {
            _input = ids.ToTensor(TensorElementType.Int64, shape.Rows, shape.Length);
            _logit = logits.ToTensor(TensorElementType.Float, shape.Rows, shape.LogitCount);
            _probability = probabilities.ToTensor(TensorElementType.Float, shape.Rows, shape.LogitCount);
            Value = session.CreateIoBinding();
            BindInput();
            Value.BindOutput(GraphNames.Logit, _logit);
            Value.BindOutput(GraphNames.Probability, _probability);
        }

        public OrtIoBinding Value { get; }

        /// <summary>Hands over the ids as they are now.</summary>
        public void BindInput() => Value.BindInput(GraphNames.InputIds, _input);

        public void Dispose()
        {
            Value.Dispose();
            _input.Dispose();
            _logit.Dispose();
            _probability.Dispose();
        }
    }
}
