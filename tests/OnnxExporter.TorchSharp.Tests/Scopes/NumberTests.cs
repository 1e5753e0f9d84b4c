using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>Numbers beside values of every type.</summary>
[TestFixture]
public sealed class NumberTests
{
    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");
    private static readonly Tensor Values = tensor([-2f, -1, 0, 0.5f, 1, 3]).reshape(2, 3);

    private static readonly Operation[] Operations =
    [
        new("sum of Int32", ScalarType.Int32, x => x + 1, (scope, x) => scope.Add(x, 1)),
        new("difference of Int32", ScalarType.Int32, x => x - 7, (scope, x) => scope.Subtract(x, 7)),
        new("product of Int32", ScalarType.Int32, x => x * -3, (scope, x) => scope.Multiply(x, -3)),
        new("Int32 that are equal", ScalarType.Int32, x => x.eq(0), (scope, x) => scope.Equal(x, 0)),
        new("Int64 that are equal", ScalarType.Int64, x => x.eq(0), (scope, x) => scope.Equal(x, 0)),
        new("Bool that are equal", ScalarType.Bool, x => x.eq(0), (scope, x) => scope.Equal(x, 0)),
        new("sum of Float64", ScalarType.Float64, x => x + 0.1, (scope, x) => scope.Add(x, 0.1)),
        new("quotient of Float64", ScalarType.Float64, x => x / 3, (scope, x) => scope.Divide(x, 3)),
        new(
            "Float64 beyond single precision", ScalarType.Float64, x => (x + 1.00000001 - 1) * 1e8,
            (scope, x) => scope.Multiply(scope.Subtract(scope.Add(x, 1.00000001), 1), 1e8)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        Operations.Select((c, i) => new TestCaseData(i).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(Cases))]
    public void Like_ValueOfAnyType_IsOfThatType(int index)
    {
        var (_, type, forward, export) = Operations[index];
        using var module = new Reader(
            x => forward(x.to(type)).to(ScalarType.Float32),
            (scope, x) => scope.Cast(export(scope, scope.Cast(x, type)), ScalarType.Float32));
        using var file = new TemporaryFile();
        var report = module.ExportOnnx(file.Path, new OnnxInput("x", ScalarType.Float32, ["batch", 3]));
        Assert.That(report.IsVerified);
        using var session = new PlainSession(file.Path);
        Assert.That(Differences.Largest(session.Run(Values)[0], module.call(Values)), Is.LessThanOrEqualTo(1e-5));
    }

    [Test]
    public void Like_Int32Ids_AreComparedWithPadding()
    {
        using var module = new Reader(
            x => x.eq(0).to(ScalarType.Float32), (scope, x) => scope.Cast(scope.Equal(x, 0), ScalarType.Float32));
        using var file = new TemporaryFile();
        module.ExportOnnx(file.Path, new OnnxInput("ids", ScalarType.Int32, ["batch", 3]) { Range = (0, 2) });
        using var session = new PlainSession(file.Path);
        var ids = tensor([0, 1, 2, 2, 0, 0]).reshape(2, 3);
        Assert.That(session.Run(ids)[0].data<float>().ToArray(), Is.EqualTo([1f, 0, 0, 0, 1, 1]));
    }

    [TestCase(ScalarType.Int16, -32768)]
    [TestCase(ScalarType.Int8, 127)]
    [TestCase(ScalarType.Byte, 255)]
    [TestCase(ScalarType.Float16, 0.1)]
    [TestCase(ScalarType.BFloat16, 0.1)]
    public void Like_SmallerType_IsOfThatType(ScalarType type, double number)
    {
        var element = default(ScalarType);
        using var module = new Reader(x => x, (scope, x) =>
        {
            element = scope.Like(scope.Cast(x, type), number).Type;
            return scope.Relu(x);
        });
        using var file = new TemporaryFile();
        module.ExportOnnx(
            file.Path,
            new OnnxExportOptions { Verification = Verification.Off },
            new OnnxInput("x", ScalarType.Float32, ["batch", 3]));
        Assert.That(element, Is.EqualTo(type));
    }

    [TestCase(ScalarType.Bool, 2)]
    [TestCase(ScalarType.Byte, -1)]
    [TestCase(ScalarType.Int8, 128)]
    [TestCase(ScalarType.Int16, 40_000)]
    [TestCase(ScalarType.Int32, 3e9)]
    [TestCase(ScalarType.Int64, 1e19)]
    [TestCase(ScalarType.Int32, 0.5)]
    [TestCase(ScalarType.Int64, double.PositiveInfinity)]
    [TestCase(ScalarType.Int32, double.NaN)]
    public void Like_NumberThatTheTypeDoesNotHave_Refused(ScalarType type, double number)
    {
        using var module = new Reader(x => x, (scope, x) => scope.Equal(scope.Cast(x, type), number));
        Assert.That(
            () => module.ExportOnnx(Never, new OnnxInput("x", ScalarType.Float32, ["batch", 3])),
            Throws.TypeOf<OnnxExportException>()
                .With.Message.Contains($"{type} [batch, 3]").And.Message.Contains("to Float32"));
        Assert.That(Never, Does.Not.Exist);
    }

    private sealed record Operation(
        string Name, ScalarType Type, Func<Tensor, Tensor> Forward, Func<OnnxScope, OnnxValue, OnnxValue> Export);
}
