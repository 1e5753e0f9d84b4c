using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>The code of docs/torchsharp-modules.md, and what it prints.</summary>
internal static class DocumentExamples
{
    /// <summary>What each example prints, by its name in the document.</summary>
    public static IReadOnlyDictionary<string, Action> All { get; } = new Dictionary<string, Action>
    {
        ["one-line"] = OneLine,
        ["lstm"] = Lstm,
        ["mismatch"] = Mismatch,
        ["unsupported"] = Unsupported,
    };

    private static void OneLine()
    {
        // example: one-line
        var model = Sequential(("fc1", Linear(6, 16)), ("relu", ReLU()), ("fc2", Linear(16, 3)));
        var report = model.ExportOnnx("model.onnx", new OnnxInput("x", ScalarType.Float32, ["batch", 6]));
        Console.WriteLine(report);
        // end
    }

    private static void Lstm()
    {
        // example: lstm
        var lstm = LSTM(8, 16, numLayers: 2, batchFirst: true, bidirectional: true);
        var report = lstm.ExportOnnx(
            "lstm.onnx",
            new OnnxInput("x", ScalarType.Float32, ["batch", "sequence", 8]),
            new OnnxInput("h_0", ScalarType.Float32, [4, "batch", 16]),
            new OnnxInput("c_0", ScalarType.Float32, [4, "batch", 16]),
            new OnnxInput("lengths", ScalarType.Int64, ["batch"]));
        Console.WriteLine(report);
        // end
    }

    private static void Mismatch()
    {
        var (first, second) = (Linear(6, 6), Linear(6, 6));
        using var forgetful = new Reader(
            x => second.call(functional.relu(first.call(x))), (scope, x) => scope.Call(second, scope.Call(first, x)), first, second);
        Print<OnnxMismatchException>(() => forgetful.ExportOnnx("model.onnx", new OnnxInput("x", ScalarType.Float32, ["batch", 6])));
    }

    private static void Unsupported()
    {
        using var model = Sequential(("encoder", Sequential(Linear(6, 6), BatchNorm1d(6, track_running_stats: false))));
        Print<OnnxExportException>(() => model.ExportOnnx("model.onnx", new OnnxInput("x", ScalarType.Float32, ["batch", 6])));
    }

    private static void Print<TException>(Action act)
        where TException : Exception
    {
        try
        {
            act();
        }
        catch (TException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}

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
