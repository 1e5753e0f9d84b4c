using Newcomer;
using OnnxSentiment.Parity;
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
        ["several"] = Several,
        ["lstm"] = Lstm,
        ["assert"] = Assertion,
        ["readme"] = Readme,
        ["mismatch"] = Mismatch,
        ["unsupported"] = Unsupported,
        ["unsteady"] = Unsteady,
        ["stateful"] = Stateful,
        ["large"] = Large,
        ["tolerance"] = Loosened,
    };

    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 6]);

    private static void OneLine()
    {
        // example: one-line
        var model = Sequential(("fc1", Linear(6, 16)), ("relu", ReLU()), ("fc2", Linear(16, 3)));
        var report = model.ExportOnnx("model.onnx", new OnnxInput("x", ScalarType.Float32, ["batch", 6]));
        Console.WriteLine(report);
        // end
    }

    private static void Several()
    {
        // example: several
        var report = new Demand().ExportOnnx(
            "models/demand.onnx",
            new OnnxExportOptions { Outputs = ["demand", "features"] },
            new OnnxInput("x", ScalarType.Float32, ["batch", 6]),
            new OnnxInput("hour", ScalarType.Int64, ["batch"]) { Range = (0, 23) });
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

    private static void Assertion()
    {
        using var model = Sequential(("fc1", Linear(6, 16)), ("relu", ReLU()), ("fc2", Linear(16, 3)));
        model.ExportOnnx("model.onnx", Input);
        // example: assert
        model.AssertOnnx("model.onnx");
        model.AssertOnnx("model.onnx", rand(4, 6));
        // end
        using (no_grad())
        {
            model.get_parameter("fc2.bias")![0].add_(0.01);
        }

        Print<OnnxAssertException>(() => model.AssertOnnx("model.onnx"));
    }

    private static void Readme()
    {
        using var model = Sequential(("embedding", Embedding(50, 8)), ("fc", Linear(8, 3)));
        // example: readme
        model.ExportOnnx("model.onnx", new OnnxInput("input_ids", ScalarType.Int64, ["batch", "sequence"]));
        model.AssertOnnx("model.onnx"); // in a test: does the file still compute what the module does?
        // end
        Console.WriteLine("model.onnx agrees");
    }

    private static void Mismatch()
    {
        var (first, second) = (Linear(6, 6), Linear(6, 6));
        using var forgetful = new Reader(
            x => second.call(functional.relu(first.call(x))),
            (scope, x) => scope.Call(second, scope.Call(first, x)),
            first,
            second);
        Print<OnnxMismatchException>(() => forgetful.ExportOnnx("model.onnx", Input));
    }

    private static void Unsupported()
    {
        using var model = Sequential(("encoder", Sequential(Linear(6, 6), BatchNorm1d(6, track_running_stats: false))));
        Print<OnnxExportException>(() => model.ExportOnnx("model.onnx", Input));
    }

    private static void Unsteady()
    {
        using var noisy = new Reader(x => functional.dropout(x, 0.5, training: true), (_, x) => x);
        using var model = Sequential(("fc", Linear(6, 6)), ("noise", noisy));
        Print<OnnxExportException>(() => model.ExportOnnx("model.onnx", Input));
    }

    private static void Stateful()
    {
        using var policy = new Policy();
        Print<OnnxExportException>(
            () => policy.ExportOnnx("policy.onnx", new OnnxInput("x", ScalarType.Float32, ["batch", "steps", 4])));
    }

    private static void Large()
    {
        var (right, wrong) = (Linear(6, 6), Linear(6, 6));
        using (no_grad())
        {
            right.weight.normal_(0, 30);
            wrong.weight.copy_(right.weight);
            wrong.bias!.copy_(right.bias!);
            wrong.weight[2].normal_(0, 30);
        }

        using var module = new Reader(right.call, (scope, x) => scope.Call(wrong, x), right);
        Print<OnnxMismatchException>(() => module.ExportOnnx("model.onnx", Input));
    }

    private static void Loosened()
    {
        using var model = Linear(6, 6);
        var input = Input;

        // example: tolerance
        var options = new OnnxExportOptions { Tolerance = new(Absolute: 1e-3, Relative: 1e-3) };
        model.ExportOnnx("model.onnx", options, input);
        // end
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
