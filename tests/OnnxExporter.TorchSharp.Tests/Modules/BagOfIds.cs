using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>A bag without offsets, as a module of one input.</summary>
internal sealed class BagOfIds : nn.Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly EmbeddingBag bag;

    public BagOfIds(EmbeddingBag bag)
        : base(nameof(BagOfIds))
    {
        this.bag = bag;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => bag.call(input);

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Call(bag, input);
}

/// <summary>An encoder without masks, as a module of one input.</summary>
internal sealed class EncoderAlone : nn.Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly TransformerEncoder encoder;

    public EncoderAlone(TransformerEncoder encoder)
        : base(nameof(EncoderAlone))
    {
        this.encoder = encoder;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => encoder.call(input);

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Call(encoder, input);
}
