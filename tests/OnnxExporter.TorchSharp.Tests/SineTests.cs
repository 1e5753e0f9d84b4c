using Microsoft.ML.OnnxRuntime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// The example of docs/torchsharp-modules.md, word for word: an LSTM trained in TorchSharp, run by ONNX Runtime alone.
/// </summary>
[TestFixture]
public sealed class SineTests
{
    [Test]
    public void Example_TrainExportRun_PredictsTheNextValueOfASine()
    {
        var folder = Directory.CreateTempSubdirectory();
        var here = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.FullName;
        try
        {
            Assert.That(Example(), Is.EqualTo(Math.Sin(3.0)).Within(0.05));
        }
        finally
        {
            Environment.CurrentDirectory = here;
            folder.Delete(recursive: true);
        }
    }

    private static float Example()
    {
        // example: sine
        random.manual_seed(1);
        var model = new SineModel();
        var optimizer = optim.Adam(model.parameters(), 0.01);
        for (var step = 0; step < 300; step++)
        {
            using var scope = NewDisposeScope();
            var series = sin(rand(32, 1) * 6.28 + arange(21) * 0.1).unsqueeze(2);
            var loss = functional.mse_loss(model.call(series.narrow(1, 0, 20)), series.select(1, 20));
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }

        model.ExportOnnx("sine.onnx", new OnnxInput("series", ScalarType.Float32, ["batch", "steps", 1]));

        using var session = new InferenceSession("sine.onnx");
        float[] last20 = [.. Enumerable.Range(0, 20).Select(i => MathF.Sin(1 + (i * 0.1f)))];
        using var input = OrtValue.CreateTensorValueFromMemory(last20, [1, 20, 1]);
        using var output = session.Run(new RunOptions(), ["series"], [input], ["output"]);
        return output[0].GetTensorDataAsSpan<float>()[0];
        // end
    }

    // example: sine-model
    private sealed class SineModel : Module<Tensor, Tensor>, IOnnxExportable
    {
        private readonly LSTM lstm = LSTM(1, 16, batchFirst: true);
        private readonly Linear linear = Linear(16, 1);

        public SineModel()
            : base("sine") => RegisterComponents();

        public override Tensor forward(Tensor x) => linear.call(lstm.call(x).Item1.select(1, -1));

        public OnnxValue Export(OnnxScope scope, OnnxValue x) =>
            scope.Call(linear, scope.Select(scope.Call(lstm, x), 1, -1));
    }

    // end
}
