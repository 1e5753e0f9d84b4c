using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Encodes texts, pads them to batches and computes them.</summary>
internal sealed class IdsEngine : Engine
{
    private readonly IdsSession _session;

    /// <summary>Takes over the session, and disposes it.</summary>
    public IdsEngine(IdsSession session, ModelMetadata metadata, SentimentModelOptions options, Device device)
        : base(session, metadata, options, device) => _session = session;

    public override InputKind InputKind => InputKind.Ids;

    /// <summary>The engine that takes token ids.</summary>
    /// <exception cref="InvalidOperationException">The graph reads texts.</exception>
    public static IdsEngine Of(Engine engine) => engine as IdsEngine ?? throw new InvalidOperationException(
        "This model reads texts and takes no token ids: give it the texts, or load a file of `export --input ids`.");

    public override ModelInput Prepare(string text) => ModelInput.Of(Encoder.Encode(text));

    /// <summary>As declared; once warm, allocates nothing with two labels.</summary>
    public override SentimentPrediction Predict(string text, CancellationToken cancellation)
    {
        using var run = Begin();
        var length = Encoder.Encode(text, run.Ids(Encoder.Settings.MaximumLength));
        run.Compute(rows: 1, length, cancellation);
        return ToPrediction(run, row: 0);
    }

    public override void Predict(
        ReadOnlySpan<ModelInput> batch, Span<SentimentPrediction> predictions, CancellationToken cancellation)
    {
        var length = 0;
        foreach (var text in batch)
        {
            length = Math.Max(length, text.Length);
        }

        using var run = Begin();
        var ids = run.Ids(batch.Length * length);
        foreach (var text in batch)
        {
            ids = Padding.FillRow(text.Ids, length, ids);
        }

        run.Compute(batch.Length, length, cancellation);
        for (var row = 0; row < batch.Length; row++)
        {
            predictions[row] = ToPrediction(run, row);
        }
    }

    /// <summary>Begins a run that the caller fills and computes; its disposal ends it.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    public IdsSession.Run Begin() => _session.Begin();

    /// <summary>Computes ids that the caller encoded and padded.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit together, or an id is wrong.</exception>
    public void Score(ReadOnlySpan<long> ids, int sequenceLength, Span<float> logits, Span<float> probabilities)
    {
        var rows = BatchCheck.RowsOf(
            ids, sequenceLength, logits.Length, probabilities.Length, LogitCount, Metadata.Vocabulary.Count);
        using var run = Begin();
        ids.CopyTo(run.Ids(ids.Length));
        run.Compute(rows, sequenceLength);
        run.Logits[..logits.Length].CopyTo(logits);
        run.Probabilities[..logits.Length].CopyTo(probabilities);
    }

    private SentimentPrediction ToPrediction(IdsSession.Run run, int row)
    {
        var probabilities = run.ProbabilitiesOf(row);
        return SentimentPrediction.Of(
            Metadata.Labels[LabelScores.ArgMax(probabilities)], run.LogitsOf(row), probabilities);
    }
}
