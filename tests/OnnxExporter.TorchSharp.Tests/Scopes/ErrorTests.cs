using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// What cannot be exported is refused with the path of the module, the reason and the two ways out; no file is left.
/// </summary>
[TestFixture]
public sealed class ErrorTests
{
    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");

    private static readonly OnnxInput Matrix = new("x", ScalarType.Float32, ["batch", 6]);
    private static readonly OnnxInput Line = new("x", ScalarType.Float32, ["batch", 4, "length"]);
    private static readonly OnnxInput Area = new("x", ScalarType.Float32, ["batch", 4, "height", "width"]);
    private static readonly OnnxInput Steps = new("x", ScalarType.Float32, ["sequence", "batch", 8]);

    private static readonly (string Name, Func<nn.Module> Create, OnnxInput Input, string Words)[] Unsupported =
    [
        ("unknown type", () => Mish(), Matrix, "forward of its own"),
        ("own forward", () => new Untraceable(), Matrix, "forward of its own"),
        ("list", () => new global::TorchSharp.Modules.ModuleList<nn.Module>(Linear(6, 6)), Matrix, "has no forward"),
        ("statistics of the batch", () => BatchNorm1d(6, track_running_stats: false), Matrix, "track_running_stats"),
        (
            "key and value of its own", () => new SelfAttention(MultiheadAttention(8, 2, add_bias_kv: true)), Steps,
            "add_bias_kv"),
        (
            "zero attention", () => new SelfAttention(MultiheadAttention(8, 2, add_zero_attn: true)), Steps,
            "add_zero_attn"),
        ("divisor with ceil_mode", () => AvgPool2d(2, ceil_mode: true, divisor_override: 3), Area, "divisor_override"),
        ("adaptive over any size", () => AdaptiveAvgPool1d(3), Line, "fixed sizes"),
        ("double precision", () => Linear(6, 2, dtype: ScalarType.Float64), Matrix, "Float64"),
        ("double precision of an LSTM", () => LSTM(8, 2, dtype: ScalarType.Float64), Steps, "'weight_ih_l0'"),
        (
            "padding that libtorch exchanges",
            () => Conv2d(4, 2, (3, 1), padding: Padding.Same, padding_mode: PaddingModes.Reflect), Area,
            "Reflect"),
        (
            "even padding that libtorch exchanges",
            () => Conv2d(4, 2, (4, 2), padding: Padding.Same, padding_mode: PaddingModes.Circular), Area,
            "Circular"),
    ];

    private static readonly (string Name, Func<nn.Module> Create, OnnxInput Input, string Words)[] WrongInputs =
    [
        ("rank of a vector", () => Linear(6, 2), new("x", ScalarType.Float32, [6]), "at least two dimensions"),
        ("rank of an LSTM", () => LSTM(6, 2), Matrix, "[sequence, batch, in]"),
        ("rank of a convolution", () => Conv1d(4, 2, 3), Area, "[batch, channels, length]"),
        ("rank of a pool", () => MaxPool2d(2), Line, "[batch, channels, height, width]"),
        ("rank of a norm", () => BatchNorm2d(4), Line, "[batch, channels, height, width]"),
        ("shape of a norm", () => LayerNorm(5), Matrix, "ends in [5]"),
        ("size of a product", () => Linear(5, 2), Matrix, "Float32 [batch, 6], but [..., 5] was expected"),
        ("channels of a convolution", () => Conv1d(3, 2, 3), Line, "channels of both"),
        ("dimension to split", () => Unflatten(4, [2, 3]), Matrix, "a dimension 4"),
        ("ids that are none", () => Embedding(5, 2), Matrix, "ids, Int64 or Int32, were expected"),
        (
            "bag without a batch", () => new BagOfIds(EmbeddingBag(5, 2)), new("x", ScalarType.Int64, ["ids"]),
            "[batch, bag]"),
        ("dimension of a softmax", () => Softmax(5), Matrix, "a dimension 5"),
        ("lengths as Int32", () => LSTM(8, 2), Steps, "lengths is Int32 [batch], but Int64 [batch] was expected"),
    ];

    private static IEnumerable<TestCaseData> WrongCases() =>
        WrongInputs.Select((c, i) => new TestCaseData(i).SetArgDisplayNames(c.Name));

    private static IEnumerable<TestCaseData> Cases() =>
        Unsupported.Select((c, i) => new TestCaseData(i).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(Cases))]
    public void ExportOnnx_Unsupported_NamesReasonAndWaysOut(int index)
    {
        var (_, create, input, words) = Unsupported[index];
        using var module = create();
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, input));
        Assert.That(error!.Message, Does.Contain(words));
        Assert.That(error.Message, Does.Contain(nameof(IOnnxExportable)));
        Assert.That(
            error.Message, Does.Contain($"{nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Converters)}"));
        Assert.That(error.Message, Has.Length.LessThan(600), "the ways out would drown");
        Assert.That(Never, Does.Not.Exist);
        Assert.That(module.training, "the mode is put back");
    }

    [TestCaseSource(nameof(WrongCases))]
    public void ExportOnnx_WrongInput_NamesBothAndNoWaysOut(int index)
    {
        var (name, create, input, words) = WrongInputs[index];
        using var module = create();
        OnnxInput[] inputs = name == "lengths as Int32"
            ? [input, new("lengths", ScalarType.Int32, ["batch"])]
            : [input];
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, inputs));
        Assert.That(error!.Message, Does.Contain(words).And.Not.Contain("Two ways out"));
        Assert.That(Never, Does.Not.Exist);
    }

    private static IEnumerable<TestCaseData> WrongNamesAndShapes()
    {
        yield return Case("size below zero", Matrix with { Shape = (Dimension[])[-1, 6] }, null, "[-1, 6]");
        yield return Case("size zero", Matrix with { Shape = (Dimension[])[0, 6] }, null, "[0, 6]");
        yield return Case("dimension without a name", Matrix with { Shape = (Dimension[])["", 6] }, null, "'x'");
        yield return Case("input named like a weight", Matrix with { Name = "weight" }, null, "'weight'");
        yield return Case("output named like a weight", Matrix, "bias", "'bias'");
        yield return Case("output named like an input", Matrix, "x", "'x'");
        yield return Case("double precision", Matrix with { Type = ScalarType.Float64 }, null, "Float64");

        TestCaseData Case(string name, OnnxInput input, string? output, string words) =>
            new TestCaseData(input, output, words).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(WrongNamesAndShapes))]
    public void ExportOnnx_NameOrShapeOfAnInput_Refused(OnnxInput input, string? output, string words)
    {
        using var linear = Linear(6, 2);
        var options = new OnnxExportOptions { Outputs = output is null ? null : [output] };
        Assert.That(
            () => linear.ExportOnnx(Never, options, input),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(words));
        Assert.That(Never, Does.Not.Exist);
    }

    [Test]
    public void ExportOnnx_OperationThatDoesNotFit_OneSentence()
    {
        using var module = new Reader(x => x.squeeze(1), (scope, x) => scope.Squeeze(x, 1));
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, Matrix));
        Assert.That(error!.Message, Does.Contain("squeeze").And.Not.Contain("Two ways out").And.Not.Contain(".."));
    }

    private static IEnumerable<TestCaseData> OperationsOnWholeNumbers()
    {
        yield return Case("division", (scope, x) => scope.Divide(x, 2));
        yield return Case("division by itself", (scope, x) => scope.Divide(x, x));
        yield return Case("half", (scope, x) => scope.Multiply(x, 0.5));
        yield return Case("less a half", (scope, x) => scope.Subtract(x, 0.5));

        TestCaseData Case(string name, Func<OnnxScope, OnnxValue, OnnxValue> export) =>
            new TestCaseData(export).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(OperationsOnWholeNumbers))]
    public void ExportOnnx_FractionsOfWholeNumbers_AsksForACast(Func<OnnxScope, OnnxValue, OnnxValue> export)
    {
        using var module = new Reader(x => x, export);
        var unverified = new OnnxExportOptions { Verification = Verification.Off };
        var ids = Matrix with { Type = ScalarType.Int64 };
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, unverified, ids));
        Assert.That(error!.Message, Does.Contain("Int64 [batch, 6]").And.Contain("to Float32 first"));
    }

    [Test]
    public void ExportOnnx_NumbersBesideAValue_AsInForward()
    {
        using var module = new Reader(
            x => ((x / 4) - 0.5) * 3,
            (scope, x) => scope.Multiply(scope.Subtract(scope.Divide(x, 4), 0.5), 3));
        using var file = new TemporaryFile();
        Assert.That(module.ExportOnnx(file.Path, Matrix).IsVerified);
    }

    [Test]
    public void ExportOnnx_DeepInTheTree_NamesThePath()
    {
        using var module = Sequential(
            ("embed", Linear(6, 6)),
            ("encoder", Sequential(("layers", Sequential(Linear(6, 6), ReLU(), Mish())))));
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, Matrix));
        Assert.That(error!.ModulePath, Is.EqualTo("encoder.layers.2"));
        Assert.That(error.Message, Does.StartWith("Module 'encoder.layers.2' (Mish) cannot be exported: "));
    }

    [Test]
    public void ExportOnnx_ConverterOfTheCaller_IsTaken()
    {
        using var module = Sequential(Linear(6, 6), Mish());
        using var file = new TemporaryFile();
        var mish = OnnxConverter.For<global::TorchSharp.Modules.Mish>((scope, _, x) =>
            scope.Multiply(x, scope.Tanh(scope.Log(scope.Add(scope.Exp(x), 1)))));
        var options = new OnnxExportOptions { Converters = [mish], Verification = Verification.Required };
        var report = module.ExportOnnx(file.Path, options, Matrix);
        Assert.That(report.IsVerified);
    }

    [Test]
    public void ExportOnnx_WholeNumbersOfUnknownRange_AsksForIt()
    {
        using var module = new CountedLengths();
        OnnxInput lengths = new("x", ScalarType.Int64, ["batch", 3]);
        Assert.That(
            () => module.ExportOnnx(Never, lengths),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("'x'").And.Message.Contains("Range or UpTo"));
        using var file = new TemporaryFile();
        Assert.That(module.ExportOnnx(file.Path, lengths with { Range = (0, 9) }).IsVerified);
    }

    [Test]
    public void ExportOnnx_InputTheModuleDoesNotTake_Refused()
    {
        using var linear = Linear(6, 2);
        Assert.That(
            () => linear.ExportOnnx(Never, Matrix, Matrix with { Name = "y" }),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("'y' was given beside them"));
    }

    [Test]
    public void ExportOnnx_NamesThatRepeat_Refused()
    {
        using var bilinear = Bilinear(6, 6, 2);
        Assert.That(
            () => bilinear.ExportOnnx(Never, Matrix, Matrix),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("'x', 'x'"));
        Assert.That(() => bilinear.ExportOnnx(Never), Throws.TypeOf<InvalidInputException>());
    }

    [Test]
    public void ExportOnnx_MoreNamesThanOutputs_Refused()
    {
        using var linear = Linear(6, 2);
        Assert.That(
            () => linear.ExportOnnx(Never, new OnnxExportOptions { Outputs = ["a", "b"] }, Matrix),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("1 output(s), but 2 name(s)"));
    }

    [Test]
    public void ExportOnnx_ModuleThatCannotRunOnTheShapes_SaysSo()
    {
        using var module = new Reader(x => x.reshape(-1, 7), (scope, x) => scope.Reshape(x, -1, 7));
        Assert.That(
            () => module.ExportOnnx(Never, Matrix with { Shape = (Dimension[])[2, 6] }),
            Throws.TypeOf<OnnxExportException>().Or.TypeOf<InvalidInputException>());
    }

    private sealed class Untraceable : Module<Tensor, Tensor>
    {
        public Untraceable()
            : base(nameof(Untraceable)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input + 1;
    }

    private sealed class SelfAttention : Module<Tensor, Tensor>, IOnnxExportable
    {
        private readonly global::TorchSharp.Modules.MultiheadAttention attention;

        public SelfAttention(global::TorchSharp.Modules.MultiheadAttention attention)
            : base(nameof(SelfAttention))
        {
            this.attention = attention;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => attention.call(x, x, x).Item1;

        public OnnxValue Export(OnnxScope scope, OnnxValue x) => scope.CallAll(attention, x, x, x)[0];
    }

    private sealed class CountedLengths : Module<Tensor, Tensor>, IOnnxExportable
    {
        public CountedLengths()
            : base(nameof(CountedLengths)) => RegisterComponents();

        public override Tensor forward(Tensor x) => x.to(ScalarType.Float32) * 2;

        public OnnxValue Export(OnnxScope scope, OnnxValue x) => scope.Multiply(scope.Cast(x, ScalarType.Float32), 2);
    }
}
