using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Hands texts to a graph that tokenizes, as any other host of ONNX Runtime would; labels are the graph's.
/// </summary>
internal sealed class TextEngine : Engine
{
    private readonly TextSession _session;

    /// <summary>Takes over the session, and disposes it.</summary>
    public TextEngine(TextSession session, ModelMetadata metadata, SentimentModelOptions options)
        : base(session, metadata, options, Device.Cpu) => _session = session;

    public override InputKind InputKind => InputKind.Text;

    public override ModelInput Prepare(string text) => ModelInput.Of(text);

    public override SentimentPrediction Predict(string text, CancellationToken cancellation)
    {
        var predictions = new SentimentPrediction[1];
        Predict([Prepare(text)], predictions, cancellation);
        return predictions[0];
    }

    public override void Predict(
        ReadOnlySpan<ModelInput> batch, Span<SentimentPrediction> predictions, CancellationToken cancellation)
    {
        var texts = new string[batch.Length];
        for (var row = 0; row < texts.Length; row++)
        {
            texts[row] = batch[row].Text;
        }

        var (labels, logits, probabilities) = _session.Run(texts, cancellation);
        for (var row = 0; row < texts.Length; row++)
        {
            var columns = (row * LogitCount)..((row + 1) * LogitCount);
            predictions[row] = SentimentPrediction.Of(
                labels[row], logits.AsSpan(columns), probabilities.AsSpan(columns));
        }
    }
}
