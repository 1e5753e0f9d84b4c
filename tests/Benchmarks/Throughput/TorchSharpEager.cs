using OnnxSentiment.Core;
using OnnxSentiment.Trainer;
using TorchSharp;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// The trainer's network, op by op in libtorch: evaluation mode, no gradients, and the processor's ordinary
/// float mode, because a forward pass has no vanishing values.
/// </summary>
internal sealed class TorchSharpEager : InProcess
{
    private readonly TrainedModel _model;
    private readonly TextEncoder _encoder;
    private readonly int _batch;
    private readonly int _threads;

    public TorchSharpEager(IReadOnlyList<string> texts, TextEncoder encoder, int batch, int threads)
        : base(texts)
    {
        _model = TrainedModel.Load(Checkpoint.Load(Checkout.Checkpoint));
        (_encoder, _batch, _threads) = (encoder, batch, threads);
    }

    public override string Version => Versions.TorchSharp;

    public override void Dispose() => _model.Dispose();

    protected override float[] Compute(IReadOnlyList<string> texts)
    {
        torch.set_num_threads(_threads);
        return
        [
            .. texts.Chunk(_batch)
                .Select(part => TokenBatch.Pad(Array.ConvertAll(part, text => _encoder.Encode(text))))
                .SelectMany(_model.Logits)
                .Select(logit => 1 / (1 + MathF.Exp(-logit))),
        ];
    }
}
