using OnnxSentiment.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// A module whose second call on the same input computes something else than the first keeps state: no file can do
/// that, and each case here is right on its first call at every size.
/// </summary>
[TestFixture]
public sealed class StateTests
{
    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");

    private static readonly Dimension[][] Shapes = [["batch", "steps", 4], [1, "steps", 4], [2, 3, 4]];

    private static IEnumerable<TestCaseData> Cases() =>
        Shapes.Select(shape => new TestCaseData(shape).SetArgDisplayNames(string.Join(", ", shape)));

    [TestCaseSource(nameof(Cases))]
    public void ExportOnnx_PolicyThatKeepsItsStates_IsRefusedByTheirNames(Dimension[] shape)
    {
        using var policy = new Policy();
        var error = Refused(policy, new OnnxInput("observation", ScalarType.Float32, shape));
        Assert.That(
            error.Message,
            Does.Contain("keeps state").And.Contain("'cell', 'hidden'").And.Contain("as inputs and outputs")
                .And.Not.Contain("random"));
    }

    [Test]
    public void ExportOnnx_PolicyInsideAnother_IsNamedByItsPath()
    {
        using var module = Sequential(("policy", new Policy()), ("head", Linear(2, 2)));
        var error = Refused(module, new OnnxInput("observation", ScalarType.Float32, Shapes[0]));
        Assert.That(error.ModulePath, Is.EqualTo("policy"));
        Assert.That(error.Message, Does.Contain("'policy' (Policy)").And.Contain("'policy.cell'"));
    }

    [Test]
    public void ExportOnnx_RunningMean_IsRefused()
    {
        using var module = new RunningMean();
        var error = Refused(module, new OnnxInput("x", ScalarType.Float32, ["batch", 4]));
        Assert.That(error.Message, Does.Contain("keeps state").And.Contain("'mean'"));
    }

    [Test]
    public void ExportOnnx_StateOutsideOfFields_IsRefusedAllTheSame()
    {
        var calls = 0;
        using var module = new Reader(x => x + (0.1 * calls++), (_, x) => x);
        var error = Refused(module, new OnnxInput("x", ScalarType.Float32, ["batch", 4]));
        Assert.That(error.Message, Does.Contain("keeps state, or draws random numbers"));
    }

    [Test]
    public void ExportOnnx_OtherOnItsFirstCallAlone_IsRefused()
    {
        var calls = 0;
        using var module = new Reader(x => calls++ == 0 ? x : x + 1, (_, x) => x);
        var error = Refused(module, new OnnxInput("x", ScalarType.Float32, [2, 4]));
        Assert.That(error.Message, Does.Contain("keeps state"));
    }

    [Test]
    public void ExportOnnx_FailsWhenItIsRunAgain_SaysSo()
    {
        var calls = 0;
        using var module = new Reader(
            x => calls++ == 0 ? x.alias() : throw new InvalidOperationException("once"), (_, x) => x);
        var error = Refused(module, new OnnxInput("x", ScalarType.Float32, [2, 4]));
        Assert.That(error.Message, Does.Contain("again on the same input").And.Contain("once"));
    }

    [Test]
    public void ExportOnnx_CountsItsCallsAlone_IsVerified()
    {
        using var module = new Counting();
        using var file = new TemporaryFile();
        Assert.That(module.ExportOnnx(file.Path, new OnnxInput("x", ScalarType.Float32, ["batch", 4])).IsVerified);
        Assert.That(module.Calls, Is.GreaterThanOrEqualTo(2 * SizePlan.Wanted), "each size is run twice");
    }

    private static OnnxExportException Refused(nn.Module module, OnnxInput input)
    {
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, input))!;
        Assert.That(Never, Does.Not.Exist);
        return error;
    }

    private sealed class RunningMean : Module<Tensor, Tensor>, IOnnxExportable
    {
        private readonly Tensor mean = zeros(4);

        public RunningMean()
            : base(nameof(RunningMean)) => register_buffer("mean", mean);

        public override Tensor forward(Tensor input)
        {
            var result = input - mean;
            mean.mul_(0.99).add_(input.mean([0L]) * 0.01);
            return result;
        }

        public OnnxValue Export(OnnxScope scope, OnnxValue input) =>
            scope.Subtract(input, scope.Constant("mean", mean));
    }

    private sealed class Counting : Module<Tensor, Tensor>, IOnnxExportable
    {
        public Counting()
            : base(nameof(Counting))
        {
        }

        public int Calls { get; private set; }

        public override Tensor forward(Tensor input)
        {
            Calls++;
            return input.relu();
        }

        public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Relu(input);
    }
}
