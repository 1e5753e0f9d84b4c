using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// A tensor that a module makes once and keeps, a mask for instance, is still there after the export.
/// </summary>
[TestFixture]
public sealed class CacheTests
{
    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 2]);

    [Test]
    public void ExportOnnx_ForwardKeepsATensor_VerifiesAllSizesAndLeavesItToTheModule()
    {
        Tensor? kept = null;
        using var module = new Reader(x => x * (kept ??= ones(2) * 2), (scope, x) => scope.Multiply(x, 2));

        var report = Export(module);

        Assert.That(report.VerifiedSizes, Has.Count.EqualTo(3));
        Assert.That(module.call(ones(1, 2)).data<float>().ToArray(), Is.EqualTo((float[])[2, 2]));
    }

    [Test]
    public void ExportOnnx_ForwardKeepsItsInput_LeavesItToTheModule()
    {
        Tensor? last = null;
        using var module = new Reader(x => (last = x).relu(), (scope, x) => scope.Relu(x));
        Export(module);
        Assert.That(last!.shape[1], Is.EqualTo(2));
    }

    [Test]
    public void ExportOnnx_ExportKeepsATensor_LeavesItToTheModule()
    {
        Tensor? kept = null;
        Tensor Kept() => kept ??= ones(2) * 2;
        using var module = new Reader(x => x * Kept(), (scope, x) => scope.Multiply(x, scope.Constant("kept", Kept())));
        Export(module);
        Assert.That(module.call(ones(1, 2)).data<float>().ToArray(), Is.EqualTo((float[])[2, 2]));
    }

    // Its caller disposes what it makes in a scope, an export or not.
    [Test]
    public void ExportOnnx_WithinAScopeOfTheCaller_LeavesTheScopeOpen()
    {
        using var module = new Reader(x => x.relu(), (scope, x) => scope.Relu(x));
        using var scope = NewDisposeScope();
        var before = ones(2);
        Export(module);
        using var after = ones(2);
        Assert.That(scope.Contains(before) && scope.Contains(after));
    }

    private static OnnxExportReport Export(nn.Module module)
    {
        using var file = new TemporaryFile();
        return module.ExportOnnx(file.Path, Input);
    }
}
