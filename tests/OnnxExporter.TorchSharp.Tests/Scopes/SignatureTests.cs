using OnnxSentiment.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// Modules of several inputs and outputs, whatever their forward takes and returns, as long as these are tensors.
/// </summary>
[TestFixture]
public sealed class SignatureTests
{
    private const long Hidden = 5;

    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");

    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 6]);

    [Test]
    public void ExportOnnx_StatesInAndOut_EachIsCompared()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var module = new Streaming();
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(
            file.Path,
            new OnnxExportOptions { Verification = Verification.Required, Outputs = ["y", "h_out", "c_out"] },
            new OnnxInput("x", ScalarType.Float32, ["batch", "steps", 4]),
            new OnnxInput("h", ScalarType.Float32, [1, "batch", Hidden]),
            new OnnxInput("c", ScalarType.Float32, [1, "batch", Hidden]));
        Assert.That(report.Model.Outputs.Select(output => output.Name), Is.EqualTo(["y", "h_out", "c_out"]));

        using var session = new PlainSession(file.Path);
        var (x, h, c) = (randn(3, 2, 4), randn(1, 3, Hidden), randn(1, 3, Hidden));
        var (y, hNext, cNext) = module.call(x, h, c);
        Tensor[] expected = [y, hNext, cNext];
        Assert.That(session.Run(x, h, c).Zip(expected, Differences.Largest), Has.All.LessThanOrEqualTo(1e-5));
    }

    [Test]
    public void ExportOnnx_ListOfOutputs_EachIsCompared([Values] bool isRight)
    {
        using var module = new Several<IList<Tensor>>(
            x => [x + 1, x + 2], (scope, x) => [scope.Add(x, 1), scope.Add(x, isRight ? 2 : 3)]);
        using var file = new TemporaryFile();
        if (isRight)
        {
            Assert.That(module.ExportOnnx(file.Path, Input).IsVerified);
        }
        else
        {
            Assert.That(
                () => module.ExportOnnx(Never, Input),
                Throws.TypeOf<OnnxMismatchException>().With.Message.Contains("'output_1'"));
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    public void ExportOnnx_OtherNumberOfOutputs_Refused(int exported)
    {
        using var module = new Several<(Tensor, Tensor)>(
            x => (x + 1, x + 1), (scope, x) => [.. Enumerable.Range(0, exported).Select(_ => scope.Add(x, 1))]);
        Assert.That(
            () => module.ExportOnnx(Never, Input),
            Throws.TypeOf<OnnxMismatchException>()
                .With.Message.Contains($"{exported} output(s)").And.Message.Contains("returns 2"));
    }

    [Test]
    public void ExportOnnx_ForwardThatReturnsNoTensor_CannotBeCompared()
    {
        using var module = new Several<int>(_ => 3, (_, x) => [x]);
        Assert.That(
            () => module.ExportOnnx(Never, Input),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("Several").And.Message.Contains("1 tensor"));
    }

    private sealed class Streaming : nn.Module<Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)>, IOnnxMultiExportable
    {
        private readonly global::TorchSharp.Modules.LSTM lstm = LSTM(4, Hidden, batchFirst: true);

        public Streaming()
            : base(nameof(Streaming)) => RegisterComponents();

        public override (Tensor, Tensor, Tensor) forward(Tensor x, Tensor h, Tensor c) => lstm.call(x, (h, c));

        public IReadOnlyList<OnnxValue> Export(OnnxScope scope, IReadOnlyList<OnnxValue> inputs) =>
            scope.CallAll(lstm, inputs[0], inputs[1], inputs[2]);
    }

    private sealed class Several<T>(Func<Tensor, T> run, Func<OnnxScope, OnnxValue, IReadOnlyList<OnnxValue>> export)
        : nn.Module<Tensor, T>("Several"), IOnnxMultiExportable
    {
        public override T forward(Tensor x) => run(x);

        public IReadOnlyList<OnnxValue> Export(OnnxScope scope, IReadOnlyList<OnnxValue> inputs) =>
            export(scope, inputs[0]);
    }
}
