using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>Convolutions of several widths over word vectors, the largest value of each (Kim, EMNLP 2014).</summary>
internal sealed class TextCnn : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Embedding embedding = Embedding(50, 8);
    private readonly ModuleList<Conv1d> convolutions = new(Conv1d(8, 6, 3), Conv1d(8, 6, 4), Conv1d(8, 6, 5));
    private readonly Dropout dropout = Dropout(0.5);
    private readonly Linear classifier = Linear(18, 3);

    public TextCnn()
        : base(nameof(TextCnn)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var vectors = embedding.call(input).transpose(1, 2);
        var features = convolutions.Select(convolution => functional.relu(convolution.call(vectors)).amax([2L]));
        return classifier.call(dropout.call(cat([.. features], 1)));
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var vectors = scope.Transpose(scope.Call(embedding, input), 1, 2);
        var features = convolutions.Select(convolution => scope.Max(scope.Relu(scope.Call(convolution, vectors)), [2]));
        return scope.Call(classifier, scope.Call(dropout, scope.Concat(1, [.. features])));
    }
}
