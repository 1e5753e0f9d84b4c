using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// A module that computes something else each time is named; its export is not blamed. Export is blamed where it may be
/// wrong.
/// </summary>
[TestFixture]
public sealed class SteadinessTests
{
    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");

    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 6]);

    [Test]
    public void ExportOnnx_ForwardThatDrawsNumbers_IsNamed()
    {
        using var module = Sequential(
            ("body", Sequential(("noise", new Reader(x => x + randn_like(x), (_, x) => x)), ("fc", Linear(6, 6)))));
        var error = Unsteady(module);
        Assert.That(error.ModulePath, Is.EqualTo("body.noise"), error.ToString());
        Assert.That(error.Message, Does.Contain("'body.noise' (Reader)").And.Contain("deterministic")
                .And.Contain("12 of 12").And.Not.Contain("Export"));
    }

    [Test]
    public void ExportOnnx_DropoutWithoutRegardToTheMode_IsNamed()
    {
        var linear = Linear(6, 6);
        using var module = Sequential(
            ("own", new Reader(
                x => linear.call(functional.dropout(x, 0.5, training: true)),
                (scope, x) => scope.Call(linear, x),
                linear)));

        // The linear layer is given something else each time: it is not to blame.
        var error = Unsteady(module);
        Assert.That(error.ModulePath, Is.EqualTo("own"), error.ToString());
    }

    [Test]
    public void ExportOnnx_TheModuleItselfDrawsNumbers_SaysSo()
    {
        var linear = Linear(6, 6);
        using var module = new Reader(x => linear.call(x) * rand(1), (scope, x) => scope.Call(linear, x), linear);
        Assert.That(Unsteady(module).Message, Does.Contain("(Reader)").And.Contain("deterministic"));
    }

    [Test]
    public void ExportOnnx_MismatchBelowAnExport_AsksAboutThat()
    {
        var linear = Linear(6, 6);
        using var module = Sequential(
            ("own", new Reader(x => linear.call(x + 1), (scope, x) => scope.Call(linear, x), linear)));
        var error = Assert.Throws<OnnxMismatchException>(() => module.ExportOnnx(Never, Input))!;
        Assert.That(error.ValueName, Is.EqualTo("output"));
        Assert.That(error.Message, Does.Contain("'own.part0' (Linear)").And.Contain("Export of 'own'"));
    }

    [Test]
    public void ExportOnnx_MismatchBelowAConverter_AsksAboutThat()
    {
        using var module = Sequential(("mish", Mish()));
        var wrong = OnnxConverter.For<global::TorchSharp.Modules.Mish>((scope, _, x) => scope.Relu(x));
        var options = new OnnxExportOptions { Converters = [wrong] };
        var error = Assert.Throws<OnnxMismatchException>(() => module.ExportOnnx(Never, options, Input))!;
        Assert.That(error.Message, Does.Contain("converter of 'mish'"));
    }

    [Test]
    public void ExportOnnx_MismatchWithoutAnExport_AsksAboutHooks()
    {
        var linear = Linear(6, 6);
        linear.register_forward_hook((_, _, y) => y + 1);
        using var module = Sequential(("fc", linear), ("own", new Reader(x => x.alias(), (_, x) => x)));
        var error = Assert.Throws<OnnxMismatchException>(() => module.ExportOnnx(Never, Input))!;
        Assert.That(error.Message, Does.Contain("'fc' (Linear)").And.Contain("hook").And.Not.Contain("Does the"));
    }

    private static OnnxExportException Unsteady(nn.Module module)
    {
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, Input))!;
        Assert.That(Never, Does.Not.Exist);
        return error;
    }
}
