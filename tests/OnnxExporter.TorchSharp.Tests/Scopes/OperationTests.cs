using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// Every operation of a scope computes what TorchSharp's of the same name does, whatever the dimensions.
/// </summary>
[TestFixture]
public sealed class OperationTests
{
    // No two sizes are the same, so that no dimension can stand for another.
    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", 3, "steps", 5]);

    private static IEnumerable<TestCaseData> Cases() =>
    [
        .. Elements(), .. Pairs(), .. Reductions(), .. Choices(), .. Layouts(), .. Parts(),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Export_Operation_ComputesWhatForwardDoes(
        Func<Tensor, Tensor> forward, Func<OnnxScope, OnnxValue, OnnxValue> export)
    {
        using var module = new Reader(forward, export);
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(
            file.Path, new OnnxExportOptions { Verification = Verification.Required }, Input);
        Assert.That(report.VerifiedSizes, Has.Count.EqualTo(3));
    }

    private static IEnumerable<TestCaseData> Elements() =>
    [
        Case("abs", x => x.abs(), (scope, x) => scope.Abs(x)),
        Case("negative", x => -x, (scope, x) => scope.Negative(x)),
        Case("exp", x => x.exp(), (scope, x) => scope.Exp(x)),
        Case("log", x => (x.abs() + 1).log(), (scope, x) => scope.Log(scope.Add(scope.Abs(x), 1))),
        Case("sqrt", x => x.abs().sqrt(), (scope, x) => scope.Sqrt(scope.Abs(x))),
        Case("pow", x => x.pow(3), (scope, x) => scope.Pow(x, 3)),
        Case("relu", x => x.relu(), (scope, x) => scope.Relu(x)),
        Case("tanh", x => x.tanh(), (scope, x) => scope.Tanh(x)),
        Case("sigmoid", x => x.sigmoid(), (scope, x) => scope.Sigmoid(x)),
        Case("gelu", x => functional.gelu(x), (scope, x) => scope.Gelu(x)),
        Case("silu", x => functional.silu(x), (scope, x) => scope.Silu(x)),
    ];

    private static IEnumerable<TestCaseData> Pairs() =>
    [
        Case("add", x => x + x.abs(), (scope, x) => scope.Add(x, scope.Abs(x))),
        Case("subtract", x => x - x.abs(), (scope, x) => scope.Subtract(x, scope.Abs(x))),
        Case("multiply", x => x * x.abs(), (scope, x) => scope.Multiply(x, scope.Abs(x))),
        Case("divide", x => x / x.exp(), (scope, x) => scope.Divide(x, scope.Exp(x))),
        Case(
            "matmul", x => x.matmul(arange(10, ScalarType.Float32).reshape(5, 2)),
            (scope, x) => scope.MatMul(x, scope.Constant("w", arange(10, ScalarType.Float32).reshape(5, 2)))),
    ];

    private static IEnumerable<TestCaseData> Reductions() =>
    [
        Case("softmax, channels", x => functional.softmax(x, 1), (scope, x) => scope.Softmax(x, 1)),
        Case("softmax, steps", x => functional.softmax(x, -2), (scope, x) => scope.Softmax(x, -2)),
        Case("log_softmax", x => functional.log_softmax(x, 1), (scope, x) => scope.LogSoftmax(x, 1)),
        Case("mean", x => x.mean([1, -1]), (scope, x) => scope.Mean(x, [1, -1])),
        Case("mean, keepdim", x => x.mean([2], keepdim: true), (scope, x) => scope.Mean(x, [2], keepdim: true)),
        Case("sum", x => x.sum(-2), (scope, x) => scope.Sum(x, [-2])),
        Case("sum, keepdim", x => x.sum(1, keepdim: true), (scope, x) => scope.Sum(x, [1], keepdim: true)),
        Case("max", x => x.amax([-1, 1]), (scope, x) => scope.Max(x, [-1, 1])),
        Case("max, keepdim", x => x.amax([-2], true), (scope, x) => scope.Max(x, [-2], keepdim: true)),
    ];

    private static IEnumerable<TestCaseData> Choices() =>
    [
        Case("greater", x => x.gt(x.abs() - 0.5), (scope, x) => scope.Greater(x, scope.Subtract(scope.Abs(x), 0.5))),
        Case("equal", x => x.relu().eq(0), (scope, x) => scope.Equal(scope.Relu(x), 0)),
        Case(
            "not", x => x.relu().eq(0).logical_not(),
            (scope, x) => scope.Not(scope.Equal(scope.Relu(x), 0))),
        Case(
            "where", x => where(x.relu().eq(0), x * 2, x.exp()),
            (scope, x) => scope.Where(scope.Equal(scope.Relu(x), 0), scope.Multiply(x, 2), scope.Exp(x))),
        Case(
            "cast", x => (x * 10).to(ScalarType.Int32),
            (scope, x) => scope.Cast(scope.Multiply(x, 10), ScalarType.Int32)),
    ];

    private static IEnumerable<TestCaseData> Layouts() =>
    [
        Case("transpose", x => x.transpose(1, -1), (scope, x) => scope.Transpose(x, 1, -1)),
        Case("permute", x => x.permute(2, 0, 3, 1), (scope, x) => scope.Permute(x, 2, 0, -1, 1)),
        Case("reshape", x => x.reshape(-1, 15), (scope, x) => scope.Reshape(x, -1, 15)),
        Case("reshape that keeps", x => x.reshape(x.shape[0], 3, -1), (scope, x) => scope.Reshape(x, 0, 0, -1)),
        Case("flatten", x => x.flatten(), (scope, x) => scope.Flatten(x)),
        Case("flatten, 1 to -2", x => x.flatten(1, -2), (scope, x) => scope.Flatten(x, 1, -2)),
        Case("flatten, -2 to -1", x => x.flatten(-2, -1), (scope, x) => scope.Flatten(x, -2)),
        Case("unflatten", x => x.unflatten(3, [1, 5]), (scope, x) => scope.Unflatten(x, -1, 1, 5)),
        Case("unflatten, the rest", x => x.unflatten(1, [3, 1]), (scope, x) => scope.Unflatten(x, 1, 3, -1)),
        Case("unsqueeze", x => x.unsqueeze(-1) * 1, (scope, x) => scope.Unsqueeze(x, -1)),
        Case("squeeze", x => x.narrow(1, 2, 1).squeeze(1), (scope, x) => scope.Squeeze(scope.Slice(x, 1, 2, 3), 1)),
    ];

    private static IEnumerable<TestCaseData> Parts() =>
    [
        Case(
            "concat", x => cat([x, x.abs(), -x], 1),
            (scope, x) => scope.Concat(1, x, scope.Abs(x), scope.Negative(x))),
        Case("concat, -2", x => cat([x, x.abs()], -2), (scope, x) => scope.Concat(-2, x, scope.Abs(x))),
        Case("slice", x => x.slice(3, 1, 4, 1), (scope, x) => scope.Slice(x, 3, 1, 4)),
        Case("slice from the end", x => x.slice(-1, -3, -1, 1), (scope, x) => scope.Slice(x, -1, -3, -1)),
        Case("slice to the end", x => x.slice(1, 1, 3, 1), (scope, x) => scope.Slice(x, 1, 1)),
        Case("select", x => x.select(3, 2), (scope, x) => scope.Select(x, 3, 2)),
        Case("select from the end", x => x.select(1, -2), (scope, x) => scope.Select(x, 1, -2)),
        Case("select the last", x => x.select(2, -1), (scope, x) => scope.Select(x, 2, -1)),
        Case(
            "size", x => x / x.shape[2],
            (scope, x) => scope.Divide(x, scope.Cast(scope.Size(x, -2), ScalarType.Float32))),
        Case(
            "arange", x => x + arange(x.shape[2]).unsqueeze(1),
            (scope, x) => scope.Add(
                x, scope.Unsqueeze(scope.Cast(scope.Arange(scope.Size(x, 2)), ScalarType.Float32), 1))),
    ];

    private static TestCaseData Case(
        string name, Func<Tensor, Tensor> forward, Func<OnnxScope, OnnxValue, OnnxValue> export) =>
        new TestCaseData(forward, export).SetArgDisplayNames(name);
}
