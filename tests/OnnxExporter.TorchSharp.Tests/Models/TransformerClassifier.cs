using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// A small encoder with learned positions over token ids, 0 is padding; the mean of the tokens is classified.
/// </summary>
internal sealed class TransformerClassifier : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Embedding words = Embedding(50, 8);
    private readonly Embedding positions = Embedding(256, 8);
    private readonly TransformerEncoder encoder = TransformerEncoder(
        TransformerEncoderLayer(8, 2, 16, 0.1, global::TorchSharp.torch.nn.Activations.GELU), 2);
    private readonly LayerNorm norm = LayerNorm(8);
    private readonly Linear classifier = Linear(8, 4);

    public TransformerClassifier()
        : base(nameof(TransformerClassifier)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var vectors = words.call(input) + positions.call(arange(input.shape[1]));
        var states = encoder.call(vectors.transpose(0, 1), null!, input.eq(0));
        return classifier.call(norm.call(states.mean([0L])));
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var vectors = scope.Add(scope.Call(words, input), scope.Call(positions, scope.Arange(scope.Size(input, 1))));
        var states = scope.CallAll(encoder, scope.Transpose(vectors, 0, 1), null, scope.Equal(input, 0))[0];
        return scope.Call(classifier, scope.Call(norm, scope.Mean(states, [0])));
    }
}
