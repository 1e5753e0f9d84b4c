using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Parity;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>A file agrees with the module it was exported from until one of the two changes.</summary>
public sealed class ModuleOnnxAssertionsTests
{
    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 6]);

    [Test]
    public void AssertOnnx_FileOfThisModule_Passes()
    {
        using var module = Sequential(("fc1", Linear(6, 8)), ("relu", ReLU()), ("fc2", Linear(8, 3)));
        using var file = Exported(module, Input);
        Assert.That(() => module.AssertOnnx(file.Path, Input), Throws.Nothing);
        Assert.That(() => module.AssertOnnx(file.Path), Throws.Nothing);
        using var given = randn(4, 6);
        Assert.That(() => module.AssertOnnx(file.Path, given), Throws.Nothing);
        Assert.That(given.IsInvalid, Is.False);
    }

    [Test]
    public void AssertOnnx_ModuleTrainedFurther_SaysWhichWeightsDiffer()
    {
        using var module = Sequential(("fc1", Linear(6, 8)), ("relu", ReLU()), ("fc2", Linear(8, 3)));
        using var file = Exported(module, Input);
        using (no_grad())
        {
            module.get_parameter("fc2.bias")!.add_(0.01);
        }

        var error = Assert.Throws<OnnxAssertException>(() => module.AssertOnnx(file.Path))!;
        var lines = error.Message.Split('\n');
        Assert.That(
            lines[0], Does.StartWith($"'{file.Path}' does not agree with the module Sequential: 3 of 3 checks"));
        Assert.That(Flat(error), Does.Contain("1 of 4 weights differ: fc2.bias. Was the module trained"));
        Assert.That(error.Report.Checks.Select(check => check.Group), Is.EqualTo(
            ["batch=2, seed 1", "batch=1, seed 1", "batch=5, seed 1"]));

        using var given = ones(2, 6);
        var second = Assert.Throws<OnnxAssertException>(() => module.AssertOnnx(file.Path, given))!;
        Assert.That(second.Report.Checks.Select(check => check.Group), Is.EqualTo(["the given inputs"]));
    }

    [Test]
    public void AssertOnnx_AnotherTolerance_Decides()
    {
        using var module = Sequential(("fc", Linear(6, 3)));
        using var file = Exported(module, Input);
        using (no_grad())
        {
            module.get_parameter("fc.bias")!.add_(0.01);
        }

        ModuleAssertOptions wide = new() { Tolerance = new(Absolute: 0.1, Relative: 0.1), Seed = 7 };
        using var given = ones(2, 6);
        Assert.That(() => module.AssertOnnx(file.Path, wide, Input), Throws.Nothing);
        Assert.That(() => module.AssertOnnx(file.Path, wide, given), Throws.Nothing);
        Assert.That(
            () => module.AssertOnnx(file.Path, wide with { Tolerance = new(1e-4, 1e-4) }, Input),
            Throws.TypeOf<OnnxAssertException>().With.Message.Contains("seed 7"));
    }

    [Test]
    public void AssertOnnx_WholeNumbers_AreWithinTheTable()
    {
        using var module = Sequential(("table", Embedding(9, 4)), ("fc", Linear(4, 2)));
        using var file = Exported(module, new OnnxInput("ids", ScalarType.Int64, ["batch", "sequence"]));
        Assert.That(() => module.AssertOnnx(file.Path), Throws.Nothing);
    }

    [Test]
    public void AssertOnnx_BuiltInModuleOfSeveralInputs_TakesThemByName()
    {
        using var lstm = LSTM(3, 4, batchFirst: true);
        using var file = Exported(
            lstm, new OnnxInput("x", ScalarType.Float32, ["batch", "time", 3]),
            new OnnxInput("lengths", ScalarType.Int64, ["batch"]));
        Assert.That(() => lstm.AssertOnnx(file.Path), Throws.Nothing);
    }

    [Test]
    public void AssertOnnx_TrainingMode_IsPutBack()
    {
        using var module = Sequential(("fc", Linear(6, 3)), ("dropout", Dropout()));
        using var file = Exported(module, Input);
        module.train();
        module.AssertOnnx(file.Path);
        Assert.That(module.training);
    }

    [Test]
    public void AssertOnnx_StateAcrossCalls_Fails()
    {
        var calls = 0;
        using var module = new Reader(x => x + calls++, (scope, x) => scope.Add(x, 0));
        using var plain = new Reader(x => x + 0, (scope, x) => scope.Add(x, 0));
        using var file = Exported(plain, Input);
        using var given = ones(2, 6);
        var error = Assert.Throws<OnnxAssertException>(() => module.AssertOnnx(file.Path, given))!;
        Assert.That(Flat(error), Does.Contain("second run"));
    }

    [Test]
    public void AssertOnnx_ModuleThatFailsEverywhere_ChecksNothing()
    {
        using var plain = Sequential(("fc", Linear(6, 3)));
        using var file = Exported(plain, Input);
        using var module = Sequential(("fc", Linear(5, 3)));
        var error = Assert.Throws<OnnxAssertException>(() => module.AssertOnnx(file.Path))!;
        Assert.That(error.Message, Does.Contain("no check was made; the module itself fails here"));
        Assert.That(error.Report.Checks.Select(check => check.Outcome), Is.All.EqualTo(CheckOutcome.Skipped));
    }

    [Test]
    public void AssertOnnx_OtherNumberOfOutputs_IsSaid()
    {
        using var one = new Reader(x => x + 0, (scope, x) => scope.Add(x, 0));
        using var file = Exported(one, new OnnxInput("x", ScalarType.Float32, ["time", "batch", 6]));
        using var lstm = LSTM(6, 4);
        using var given = ones(3, 2, 6);
        var error = Assert.Throws<OnnxAssertException>(() => lstm.AssertOnnx(file.Path, given))!;
        Assert.That(Flat(error), Does.Contain("the file has 1 output(s), but forward returns 3"));
    }

    [Test]
    public void AssertOnnx_WrongDeclaredShape_Fails()
    {
        using var module = Sequential(("fc", Linear(6, 3)));
        using var file = Exported(module, Input);
        Change(file, graph => graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 4);
        using var given = ones(2, 6);
        Assert.That(
            () => module.AssertOnnx(file.Path, given),
            Throws.TypeOf<OnnxAssertException>().With.Message.Contains("declared as float [batch, 4]"));
    }

    [Test]
    public void AssertOnnx_FileThatFailsWhereTheModuleRuns_SaysSo()
    {
        using var module = Sequential(("fc", Linear(6, 3)));
        using var file = Exported(module, new OnnxInput("x", ScalarType.Float32, [2, 6]));
        using var given = ones(3, 6);
        var error = Assert.Throws<OnnxAssertException>(() => module.AssertOnnx(file.Path, given))!;
        Assert.That(Flat(error), Does.Contain("the module runs, but the file does not"));
    }

    [Test]
    public void AssertOnnx_InputThatCannotBeMade_SaysWhatHelps()
    {
        using var module = new Reader(x => x + 1, (scope, x) => scope.Add(x, 1));
        using var file = new TemporaryFile();
        OnnxInput count = new("count", ScalarType.Int64, ["batch"]) { Range = (0, 5) };
        module.ExportOnnx(file.Path, count);
        Assert.That(
            () => module.AssertOnnx(file.Path),
            Throws.TypeOf<InvalidInputException>().With.Message.EndsWith("or give AssertOnnx tensors of your own."));
        Assert.That(() => module.AssertOnnx(file.Path, count), Throws.Nothing);

        Change(file, graph => graph.Input[0].Type.TensorType.Shape = null);
        Assert.That(
            () => module.AssertOnnx(file.Path),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("declares no shape"));
        Change(file, graph => graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.String);
        Assert.That(
            () => module.AssertOnnx(file.Path, count),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("ONNX Runtime refuses"));
    }

    [Test]
    public void AssertOnnx_WrongArguments_NameWhatWasExpected()
    {
        using var module = Sequential(("fc", Linear(6, 3)));
        using var file = Exported(module, Input);
        using var given = ones(2, 6);
        using var half = ones(2, 6, ScalarType.Float16);
        Assert.That(
            () => module.AssertOnnx("no.onnx"),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("no.onnx"));
        Assert.That(
            () => module.AssertOnnx(file.Path, given, given),
            Throws.TypeOf<InvalidInputException>()
                .With.Message.Contains("2 tensor(s)").And.Message.Contains("inputs x"));
        Assert.That(
            () => module.AssertOnnx(file.Path, half),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("Float16"));
    }

    private static TemporaryFile Exported(Module module, params OnnxInput[] inputs)
    {
        var file = new TemporaryFile();
        module.ExportOnnx(file.Path, inputs);
        return file;
    }

    private static void Change(TemporaryFile file, Action<GraphProto> change)
    {
        var model = ModelFile.Read(file.Path);
        change(model.Graph);
        ModelFile.Write(model, file.Path);
    }

    // The report breaks its lines at 80 characters.
    private static string Flat(OnnxAssertException error) =>
        string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
