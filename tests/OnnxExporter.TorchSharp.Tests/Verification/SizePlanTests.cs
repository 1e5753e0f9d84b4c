using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>The sizes at which a module is compared tell its dimensions apart.</summary>
[TestFixture]
public sealed class SizePlanTests
{
    private static readonly OnnxInput Area = new("x", ScalarType.Float32, ["batch", 4, "height", "width"]);

    private static readonly OnnxExportOptions Required = new() { Verification = Verification.Required };

    [Test]
    public void For_ThreeNames_ThreeDifferentSizesFirst()
    {
        var first = SizePlan.For([Area]).First();
        Assert.That(first.Keys, Is.EqualTo(["batch", "height", "width"]));
        Assert.That(first.Values, Is.Unique);
    }

    [Test]
    public void For_AnyNames_EachIsOfOneAndOfMore()
    {
        var tried = SizePlan.For([Area]).Take(SizePlan.Wanted).ToList();
        foreach (var name in (string[])["batch", "height", "width"])
        {
            Assert.That(tried.Select(sizes => sizes[name]), Has.Some.EqualTo(1).And.Some.GreaterThan(2), name);
        }
    }

    [Test]
    public void For_SeveralInputs_TheSameNameIsOneSize()
    {
        OnnxInput lengths = new("lengths", ScalarType.Int64, ["batch"]);
        Assert.That(SizePlan.For([Area, lengths]), Has.All.Count.EqualTo(3));
    }

    [Test]
    public void For_FixedSizes_OnePlanWithoutNames() =>
        Assert.That(SizePlan.For([new OnnxInput("x", ScalarType.Float32, [2, 3])]).Single(), Is.Empty);

    // At equal sizes the two are the same.
    [TestCase(2)]
    [TestCase(0)]
    public void ExportOnnx_OneDimensionTakenForAnother_Refused(long dim)
    {
        using var module = MeanOverWidth(dim);
        var never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");
        Assert.That(() => module.ExportOnnx(never, Required, Area), Throws.TypeOf<OnnxMismatchException>());
        Assert.That(never, Does.Not.Exist);
    }

    [Test]
    public void ExportOnnx_TheRightDimension_Agrees()
    {
        using var module = MeanOverWidth(3);
        using var file = new TemporaryFile();
        Assert.That(module.ExportOnnx(file.Path, Required, Area).VerifiedSizes, Has.Count.EqualTo(SizePlan.Wanted));
    }

    private static Reader MeanOverWidth(long dim) => new(
        x => x.sum(3) / x.shape[3],
        (scope, x) => scope.Divide(scope.Sum(x, [3]), scope.Cast(scope.Size(x, dim), ScalarType.Float32)));
}
