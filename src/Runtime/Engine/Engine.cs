using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// A loaded graph, with what turns texts into its inputs and its outputs into predictions. One derived class for each
/// kind of input. Thread-safe.
/// </summary>
internal abstract class Engine : IDisposable
{
    private readonly GraphSession _graph;

    /// <summary>Takes over the session, and disposes it.</summary>
    protected Engine(GraphSession session, ModelMetadata metadata, SentimentModelOptions options, Device device)
    {
        _graph = session;
        Metadata = metadata;
        Device = device;
        ComputeMode = DevicePlacement.ComputeModeOf(device, options.AllowTf32);
        Limits = RunLimits.For(options, device);
        Encoder = new TextEncoder(metadata.Text, metadata.Vocabulary);
    }

    public ModelMetadata Metadata { get; }

    public Device Device { get; }

    public ComputeMode ComputeMode { get; }

    public RunLimits Limits { get; }

    public TextEncoder Encoder { get; }

    public int LogitCount => _graph.LogitCount;

    /// <summary>Completes when the memory is free, after the disposal.</summary>
    public Task Freed => _graph.Freed;

    public abstract InputKind InputKind { get; }

    /// <summary>Turns a text into what batches are made of.</summary>
    public abstract ModelInput Prepare(string text);

    /// <summary>Predicts one text on the calling thread.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    public abstract SentimentPrediction Predict(string text, CancellationToken cancellation);

    /// <summary>Predicts at least one text, as one run on the calling thread.</summary>
    /// <param name="batch">The texts, prepared.</param>
    /// <param name="predictions">Receives a prediction for each.</param>
    /// <param name="cancellation">Stops the run at the graph's next node.</param>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    public abstract void Predict(
        ReadOnlySpan<ModelInput> batch, Span<SentimentPrediction> predictions, CancellationToken cancellation);

    /// <summary>Lets no further run begin; the last one in flight frees the memory.</summary>
    public void Dispose() => _graph.Dispose();
}
