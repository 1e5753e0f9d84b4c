using OnnxSentiment.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// An export that does something else than forward is found, at the first value that differs, and leaves no file.
/// </summary>
[TestFixture]
public sealed class VerificationTests
{
    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");

    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 6]);

    [Test]
    public void ExportOnnx_ForgottenActivation_NamesTheFirstValueThatDiffers()
    {
        var (first, second, third) = (Linear(6, 6), Linear(6, 6), Linear(6, 6));
        using var module = new Reader(
            x => third.call(second.call(functional.relu(first.call(x)))),
            (scope, x) => scope.Call(third, scope.Call(second, scope.Call(first, x))),
            first, second, third);
        var error = Assert.Throws<OnnxMismatchException>(() => module.ExportOnnx(Never, Input));
        Assert.That(error!.ValueName, Is.EqualTo("part1"));
        Assert.That(error.Message, Does.Contain("'part1' (Linear)").And.Contain("'part0' (Linear)"));
        Assert.That(Never, Does.Not.Exist);
    }

    [Test]
    public void ExportOnnx_WrongLastOperation_NamesTheOutput()
    {
        var linear = Linear(6, 6);
        using var module = new Reader(x => linear.call(x) * 2, (scope, x) => scope.Call(linear, x), linear);
        Assert.That(
            () => module.ExportOnnx(Never, Input),
            Throws.TypeOf<OnnxMismatchException>().With.Message.Contains("the output 'output'"));
    }

    [Test]
    public void ExportOnnx_OtherShape_NamesBoth()
    {
        using var module = new Reader(x => x.sum([1L]), (scope, x) => scope.Sum(x, [1], keepdim: true));
        Assert.That(
            () => module.ExportOnnx(Never, Input),
            Throws.TypeOf<OnnxMismatchException>().With.Message.Contains("[2, 1]").And.Message.Contains("[2]"));
    }

    [Test]
    public void ExportOnnx_BatchFixedByMistake_FoundAtAnotherSize()
    {
        using var module = new Reader(x => x.reshape(-1, 12), (scope, x) => scope.Reshape(x, 1, -1));
        Assert.That(() => module.ExportOnnx(Never, Input), Throws.TypeOf<OnnxMismatchException>());
    }

    [Test]
    public void ExportOnnx_WrongExportUnverified_IsWritten()
    {
        using var module = new Reader(x => x * 2, (scope, x) => scope.Multiply(x, 3));
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(file.Path, new OnnxExportOptions { Verification = Verification.Off }, Input);
        Assert.That(report.IsVerified, Is.False);
        Assert.That(report.ToString(), Does.Contain("not verified: the verification is off"));
        Assert.That(file.Path, Does.Exist);
    }

    [Test]
    public void ExportOnnx_ModeOfEachModule_IsPutBack()
    {
        using var module = Sequential(Linear(6, 6), Sequential(Dropout(), Linear(6, 6)), Dropout());
        module.train();
        module.children().ElementAt(1).eval();
        bool[] before = [.. module.modules().Select(child => child.training)];
        using var file = new TemporaryFile();
        module.ExportOnnx(file.Path, Input);
        Assert.That(module.training);
        var after = module.modules().Select(child => child.training);
        Assert.That(after, Is.EqualTo(before).And.Contain(false).And.Contain(true));
    }

    [Test]
    public void ExportOnnx_Afterwards_ModuleIsAsBefore()
    {
        using var module = Sequential(Linear(6, 6), ReLU());
        using var file = new TemporaryFile();
        random.manual_seed(1);
        var expected = randn(2);
        random.manual_seed(1);
        module.ExportOnnx(file.Path, Input);
        Assert.That(randn(2).allclose(expected), "the caller's random numbers go on as if nothing had been");
        Assert.That(module.call(randn(2, 6)).requires_grad, "gradients are on again");
    }

    [Test]
    public void ExportOnnx_TiedWeights_StoredOnce()
    {
        var linear = Linear(6, 6);
        using var module = new Reader(
            x => linear.call(functional.relu(linear.call(x))),
            (scope, x) => scope.Call(linear, scope.Relu(scope.Call(linear, x))),
            linear);
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(file.Path, Input);
        Assert.That(report.Model.ParameterCount, Is.EqualTo(42));
    }

    [Test]
    public void ExportOnnx_OutputNamedLikeAModule_BothKeepTheirs()
    {
        using var module = Sequential(("x", Linear(6, 6)), ("output", Linear(6, 6)), ("last", ReLU()));
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(file.Path, new OnnxExportOptions { Outputs = ["logits"] }, Input);
        Assert.That(report.Model.Outputs.Single().Name, Is.EqualTo("logits"));
        Assert.That(report.IsVerified);
    }

    [Test]
    public void ExportOnnx_NothingButNotANumber_IsNoAgreement()
    {
        using var module = new Reader(x => (x - 1e9).log(), (scope, x) => scope.Log(scope.Negative(scope.Exp(x))));
        Assert.That(
            () => module.ExportOnnx(Never, Input),
            Throws.TypeOf<InvalidInputException>()
                .With.Message.Contains("'output'").And.Message.Contains("finite").And.Message.Contains("batch=2"));
        Assert.That(Never, Does.Not.Exist);
    }

    [Test]
    public void ExportOnnx_WeightsThatAreNoNumbers_Refused()
    {
        using var linear = Linear(6, 6);
        using (no_grad())
        {
            linear.weight.fill_(float.NaN);
        }

        Assert.That(
            () => linear.ExportOnnx(Never, Input),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("finite"));
    }

    [Test]
    public void ExportOnnx_WindowsThatLieInThePadding_AgreeOrArePassedOver([Values] bool alone)
    {
        nn.Module<Tensor, Tensor> pool = MaxPool2d(2, 2, padding: 1, dilation: 2);
        using var module = alone ? pool : Sequential(pool, Sigmoid());
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(file.Path, new OnnxInput("x", ScalarType.Float32, ["b", 2, "h", "w"]));
        Assert.That(report.VerifiedSizes, Has.Count.EqualTo(3));
        Assert.That(report.LargestDifference, Is.LessThan(1e-5));
    }

    // The error shrinks as the batch grows: the size that is compared last has the smallest.
    [Test]
    public void ExportOnnx_SeveralSizes_ReportsTheLargestDifferenceOfAll()
    {
        var differences = new List<double>();
        using var module = new Reader(
            x =>
            {
                var error = 1e-5 / Math.Pow(x.shape[0], 4);
                differences.Add(error * x.abs().max().item<float>());
                return x * (1 + error);
            },
            (scope, x) => scope.Multiply(x, 1));
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(file.Path, Input);
        Assert.That(differences[^1], Is.LessThan(differences.Max() / 2), "the last is no test of the largest");
        Assert.That(report.LargestDifference, Is.EqualTo(differences.Max()).Within(10).Percent);
    }

    [Test]
    public void ExportOnnx_Ids_ReachTheLastRowOfATable()
    {
        using var words = Embedding(3, 2);
        var seen = new HashSet<long>();
        using var module = new Reader(
            x =>
            {
                seen.UnionWith(x.data<long>().ToArray());
                return words.call(x);
            },
            (scope, x) => scope.Call(words, x), words);
        using var file = new TemporaryFile();
        module.ExportOnnx(file.Path, new OnnxInput("ids", ScalarType.Int64, ["batch", 7]));
        Assert.That(seen, Is.EquivalentTo((long[])[0, 1, 2]));
    }

    [Test]
    public void ExportOnnx_SmallOutputsThatDiffer_Found()
    {
        using var module = new Reader(x => x * 1e-5, (scope, x) => scope.Multiply(x, 0));
        Assert.That(() => module.ExportOnnx(Never, Input), Throws.TypeOf<OnnxMismatchException>());
    }

    [Test]
    public void ExportOnnx_OtherTypeOfOutput_NamesBoth()
    {
        using var module = new Reader(
            x => x.gt(0), (scope, x) => scope.Cast(scope.Greater(x, scope.Like(x, 0)), ScalarType.Float32));
        Assert.That(
            () => module.ExportOnnx(Never, Input),
            Throws.TypeOf<OnnxMismatchException>().With.Message.Contains("float").And.Message.Contains("bool"));
    }
}
