// example: usings
using OnnxSentiment.OnnxExporter.TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
// end

// The modules of docs/torchsharp-modules.md, in a namespace that sees no more than a reader of the page does.
namespace Newcomer;

// example: own-forward
internal sealed class Tagger : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Embedding embedding = Embedding(50, 8);
    private readonly LSTM lstm = LSTM(8, 6, batchFirst: true, bidirectional: true);
    private readonly Linear classifier = Linear(12, 5);

    public Tagger()
        : base("tagger") => RegisterComponents();

    public override Tensor forward(Tensor ids)
    {
        var (states, _, _) = lstm.call(embedding.call(ids));
        return classifier.call(functional.relu(states));
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue ids)
    {
        var states = scope.Call(lstm, scope.Call(embedding, ids));
        return scope.Call(classifier, scope.Relu(states));
    }
}
// end

// example: several-inputs
internal sealed class Demand : Module<Tensor, Tensor, (Tensor, Tensor)>, IOnnxMultiExportable
{
    private readonly Linear shared = Linear(7, 8);
    private readonly Linear demand = Linear(8, 1);

    public Demand()
        : base("demand") => RegisterComponents();

    public override (Tensor, Tensor) forward(Tensor x, Tensor hour)
    {
        var day = (hour.to(ScalarType.Float32) / 24).unsqueeze(1);
        var features = functional.relu(shared.call(cat([x, day], 1)));
        return (demand.call(features), features);
    }

    public IReadOnlyList<OnnxValue> Export(OnnxScope scope, IReadOnlyList<OnnxValue> inputs)
    {
        var day = scope.Unsqueeze(scope.Divide(scope.Cast(inputs[1], ScalarType.Float32), 24), 1);
        var features = scope.Relu(scope.Call(shared, scope.Concat(1, inputs[0], day)));
        return [scope.Call(demand, features), features];
    }
}
// end
