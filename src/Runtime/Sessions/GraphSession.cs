using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime;

/// <summary>A graph in ONNX Runtime, shared by all threads: each run computes on the thread that asks for it.</summary>
internal abstract class GraphSession : IDisposable
{
    // What the caller disposed: the facade, whose own this session is.
    private const string Owner = "OnnxSentiment.Runtime.SentimentModel";

    private readonly SharedLifetime _lifetime;

    /// <summary>Takes over the session, and disposes it.</summary>
    protected GraphSession(InferenceSession session)
    {
        Session = session;
        LogitCount = GraphSignature.LogitCountOf(session);
        _lifetime = new SharedLifetime(Free);
    }

    /// <summary>The number of logits per text, and of probabilities.</summary>
    public int LogitCount { get; }

    /// <summary>The file's <c>metadata_props</c>.</summary>
    /// <exception cref="Core.InvalidInputException">They cannot be read.</exception>
    public IReadOnlyDictionary<string, string> Properties => SessionFactory.PropertiesOf(Session);

    /// <summary>Completes when the memory is free, after the disposal.</summary>
    public Task Freed => _lifetime.Freed;

    protected InferenceSession Session { get; }

    /// <summary>Lets no further run begin; the last one in flight frees the memory.</summary>
    public void Dispose() => _lifetime.End();

    /// <summary>Begins a run; <see cref="Exit"/> has to follow.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    protected void Enter()
    {
        if (!_lifetime.TryEnter())
        {
            throw new ObjectDisposedException(Owner);
        }
    }

    /// <summary>Ends a run.</summary>
    protected void Exit() => _lifetime.Exit();

    /// <summary>Frees the memory, once, after the last run.</summary>
    protected virtual void Free() => Session.Dispose();
}
