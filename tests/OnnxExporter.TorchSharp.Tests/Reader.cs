using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>A module whose forward and export are written side by side in a test.</summary>
internal sealed class Reader : nn.Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Func<Tensor, Tensor> _forward;
    private readonly Func<OnnxScope, OnnxValue, OnnxValue> _export;

    public Reader(
        Func<Tensor, Tensor> forward, Func<OnnxScope, OnnxValue, OnnxValue> export, params nn.Module[] children)
        : base(nameof(Reader))
    {
        (_forward, _export) = (forward, export);
        for (var i = 0; i < children.Length; i++)
        {
            register_module($"part{i}", children[i]);
        }
    }

    public override Tensor forward(Tensor input) => _forward(input);

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => _export(scope, input);
}
