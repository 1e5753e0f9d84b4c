using OnnxSentiment.Core;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// What fails while a module is exported or run is told with the module's path; nothing is left behind.
/// </summary>
[TestFixture]
public sealed class FailureTests
{
    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");

    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 6]);
    private static readonly OnnxInput Ids = new("ids", ScalarType.Int64, ["batch", "bag"]);

    [Test]
    public void ExportOnnx_ExportThatThrows_NamesPathAndReason()
    {
        using var module = Nested(new Reader(x => x, (_, _) => throw Missing()));
        var error = Refused(module);
        Assert.That(error.Message, Does.Contain("'body.own' (Reader)").And.Contain("Export"));
        Assert.That(error.Message, Does.Contain(Missing().Message));
        Assert.That(error.ModulePath, Is.EqualTo("body.own"));
        Assert.That(error.InnerException, Is.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void ExportOnnx_ForwardThatThrows_NamesPathAndReason()
    {
        using var module = Nested(new Reader(_ => throw Missing(), (_, x) => x));
        var error = Refused(module);
        Assert.That(error.Message, Does.Contain("'body.own' (Reader)").And.Contain("forward").And.Contain("batch=")
            .And.Contain("seed 1").And.Contain(Missing().Message));
        Assert.That(error.ModulePath, Is.EqualTo("body.own"));
        Assert.That(error.InnerException, Is.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void ExportOnnx_LibtorchRefusesAChildOfForward_NamesTheChildWithoutTheNativeStack()
    {
        var linear = Linear(5, 2);
        using var module = new Reader(
            x => linear.call(x), (scope, x) => scope.MatMul(x, scope.Constant("w", ones(6, 2))), linear);
        var error = Refused(module);
        Assert.That(error.ModulePath, Is.EqualTo("part0"));
        Assert.That(error.Message, Does.Contain("(Linear)").And.Contain("mat1 and mat2").And.Not.Contain("frame #"));
    }

    [Test]
    public void ExportOnnx_ForwardThatCatchesWhatItsChildThrows_IsCompared()
    {
        var linear = Linear(5, 2);
        using var module = new Reader(x => Attempt(linear, x) + 1, (scope, x) => scope.Add(x, 1), linear);
        using var file = new TemporaryFile();
        Assert.That(module.ExportOnnx(file.Path, Input).IsVerified);
    }

    [Test]
    public void ExportOnnx_ExportThatReturnsNull_SaysSo()
    {
        using var module = Nested(new Reader(x => x, (_, _) => null!));
        Assert.That(Refused(module).Message, Does.Contain("'body.own' (Reader)").And.Contain("Export returned null"));
    }

    [TestCase("no value")]
    [TestCase("null")]
    public void ExportOnnx_SeveralOutputsOfWhichNoneIsThere_SaysSo(string returned)
    {
        using var module = new Two((_, _) => returned == "null" ? [null!] : []);
        var error = Refused(module, Input, Input with { Name = "y" });
        Assert.That(error.Message, Does.Contain($"Export returned {returned}"));
    }

    [Test]
    public void ExportOnnx_TooFewInputs_SaysHowManyForwardTakes()
    {
        using var module = new Two((scope, x) => [scope.Add(x[0], x[1])]);
        Assert.That(Refused(module).Message, Does.Contain("1 of the 2 inputs"));
    }

    [Test]
    public void ExportOnnx_TooManyInputs_SaysHowManyForwardTakes([Values] Verification verification)
    {
        using var module = new Two((scope, x) => [scope.Add(x[0], x[1])]);
        var options = new OnnxExportOptions { Verification = verification };
        var error = Assert.Throws<OnnxExportException>(
            () => module.ExportOnnx(Never, options, Input, Input with { Name = "y" }, Input with { Name = "z" }));
        Assert.That(error!.Message, Does.Contain("it got 3 inputs, but its forward takes 2"));
        Assert.That(Never, Does.Not.Exist);
    }

    [Test]
    public void ExportOnnx_BagsWithALastOffset_Refused([Values] EmbeddingBagMode mode, [Values(1, 10)] int count)
    {
        using var module = Sequential(
            ("bag", new BagOfIds(EmbeddingBag(count, 3, mode: mode, include_last_offset: true))));
        var error = Assert.Throws<OnnxExportException>(() => module.ExportOnnx(Never, Ids));
        Assert.That(error!.ModulePath, Is.EqualTo("bag.bag"));
        Assert.That(error.Message, Does.Contain("include_last_offset").And.Contain("Two ways out"));
    }

    private static IEnumerable<TestCaseData> OneOfEachType() =>
        ModuleCases.All.DistinctBy(c => c.Name.Split(',')[0]).Select(c => c.ToTestCase());

    [TestCaseSource(nameof(OneOfEachType))]
    public void ExportOnnx_DisposedModule_IsNamed(object c)
    {
        var (disposed, other) = (((ModuleCase)c).Create(), Linear(6, 6));
        using var module = Sequential(("first", other), ("second", disposed));
        disposed.Dispose();
        var error = Refused(module);
        Assert.That(error.ModulePath, Is.EqualTo("second"));
        Assert.That(error.Message, Does.Contain("was disposed"));
    }

    [TestCase("file/model.onnx")]
    [TestCase("longer than a name may be")]
    public void ExportOnnx_PathThatCannotBeWritten_LeavesNothing(string kind)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "file"), "in the way");
            var path = Path.Combine(folder.FullName, kind == "file/model.onnx" ? kind : new string('m', 300));
            using var linear = Linear(6, 2);
            Assert.That(() => linear.ExportOnnx(path, Input), Throws.TypeOf<InvalidInputException>()
                .With.Message.Contains(path).And.InnerException.InstanceOf<IOException>());
            Assert.That(folder.GetFileSystemInfos().Select(entry => entry.Name), Is.EqualTo(["file"]));
            Assert.That(linear.training, "the mode is put back");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static OnnxExportException Refused(nn.Module module, params OnnxInput[] inputs)
    {
        var error = Assert.Throws<OnnxExportException>(
            () => module.ExportOnnx(Never, inputs.Length == 0 ? [Input] : inputs))!;
        Assert.That(Never, Does.Not.Exist);
        return error;
    }

    private static InvalidOperationException Missing() => new("the table is missing");

    private static global::TorchSharp.Modules.Sequential Nested(nn.Module<Tensor, Tensor> own) =>
        Sequential(("head", Linear(6, 6)), ("body", Sequential(("first", Linear(6, 6)), ("own", own))));

    private static Tensor Attempt(nn.Module<Tensor, Tensor> module, Tensor x)
    {
        try
        {
            return module.call(x);
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            return x;
        }
    }

    private sealed class Two(Func<OnnxScope, IReadOnlyList<OnnxValue>, IReadOnlyList<OnnxValue>> export)
        : nn.Module<Tensor, Tensor, Tensor>(nameof(Two)), IOnnxMultiExportable
    {
        public override Tensor forward(Tensor a, Tensor b) => a + b;

        public IReadOnlyList<OnnxValue> Export(OnnxScope scope, IReadOnlyList<OnnxValue> inputs) =>
            export(scope, inputs);
    }
}
