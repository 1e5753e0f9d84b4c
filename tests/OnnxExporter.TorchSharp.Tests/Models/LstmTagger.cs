using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>Logits for every token of a text.</summary>
internal sealed class LstmTagger : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Embedding embedding = Embedding(50, 8);
    private readonly LSTM lstm = LSTM(8, 6, 2, batchFirst: true, bidirectional: true, dropout: 0.3);
    private readonly Linear classifier = Linear(12, 5);

    public LstmTagger()
        : base(nameof(LstmTagger)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var (states, _, _) = lstm.call(embedding.call(input));
        return classifier.call(states);
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var states = scope.Call(lstm, scope.Call(embedding, input));
        return scope.Call(classifier, states);
    }
}
