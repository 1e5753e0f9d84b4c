using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Parity;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// What a graph declares of its values is what ONNX Runtime returns, though it would run other declarations too.
/// </summary>
[TestFixture]
public sealed class DeclaredTypesTests
{
    private static readonly OnnxInput Input = new("x", ScalarType.Float32, ["batch", "steps", 6]);

    private static readonly (string Name, Dimension[] Shape)[] WrongShapes =
    [
        ("another size", ["batch", "steps", 7]),
        ("a size that fits the first plan alone", [2, "steps", 5]),
        ("exchanged names", ["steps", "batch", 5]),
        ("fewer dimensions", ["batch", "steps"]),
        ("more dimensions", ["batch", "steps", 5, 1]),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        WrongShapes.Select(c => new TestCaseData(c.Shape).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(Cases))]
    public void Verify_OutputDeclaredWrongly_NamesBothShapes(Dimension[] shape)
    {
        using var module = Sequential(("first", Linear(6, 4)), ("second", Linear(4, 5)));
        var exported = Build(module);
        Redeclare(exported.Model.Graph.Output, "output", shape);
        var error = Assert.Throws<OnnxMismatchException>(() => Verify(exported))!;
        Assert.That(error.ValueName, Is.EqualTo("output"));
        Assert.That(error.Message, Does.Contain($"[{string.Join(", ", shape)}]").And.Match(@"\[\d+, \d+, 5\]"));
    }

    [Test]
    public void Verify_ValueInsideDeclaredWrongly_NamesItsModule()
    {
        using var module = Sequential(("first", Linear(6, 4)), ("second", Linear(4, 5)));
        var exported = Build(module);
        var value = exported.Calls.Single(call => call.Path == "first").Outputs.Single();
        Redeclare(exported.Model.Graph.ValueInfo, value, ["batch", "steps", 9]);
        var error = Assert.Throws<OnnxMismatchException>(() => Verify(exported))!;
        Assert.That(error.ValueName, Is.EqualTo(value));
        Assert.That(error.Message, Does.Contain("'first'").And.Contain("[batch, steps, 9]"));
    }

    [Test]
    public void Verify_DeclaredAsItIs_Agrees()
    {
        using var module = Sequential(("first", Linear(6, 4)), ("second", Linear(4, 5)));
        Assert.That(Verify(Build(module)).Sizes, Has.Count.EqualTo(SizePlan.Wanted));
    }

    [Test]
    public void Verify_ValueThatNoModuleReturnsDeclaredWrongly_IsNamed()
    {
        using var module = new Reader(x => x.relu().exp(), (scope, x) => scope.Exp(scope.Relu(x)));
        var exported = Build(module);
        var value = exported.Model.Graph.Node.Single(node => node.OpType == Operators.Relu).Output.Single();
        Redeclare(exported.Model.Graph.ValueInfo, value, ["batch", "steps", 7]);
        var error = Assert.Throws<OnnxMismatchException>(() => Verify(exported))!;
        Assert.That(error.ValueName, Is.EqualTo(value));
        Assert.That(error.Message, Does.Contain($"the value '{value}'").And.Contain("[batch, steps, 7]"));
    }

    // By the rule without its exception, the last of three windows would begin beyond the data.
    [Test]
    public void Verify_WindowsCountedByAWrongRule_NamesBothShapes([Values] bool isInside)
    {
        using var module = isInside
            ? Sequential(("pool", MaxPool1d(2, stride: 3, ceil_mode: true)), ("mean", AdaptiveAvgPool1d(1)))
            : Sequential(("pool", MaxPool1d(2, stride: 3, ceil_mode: true)));
        var exported = Build(module, new OnnxInput("x", ScalarType.Float32, [2, 4, 6]));
        var (values, pooled) = isInside
            ? (exported.Model.Graph.ValueInfo, exported.Calls.Single(call => call.Path == "pool").Outputs.Single())
            : (exported.Model.Graph.Output, "output");
        Redeclare(values, pooled, [2, 4, 3]);
        Assert.That(
            () => Verify(exported),
            Throws.TypeOf<OnnxMismatchException>()
                .With.Message.Contains("float [2, 4, 3]").And.Message.Contains("float [2, 4, 2]"));
    }

    private static ExportedModule Build(nn.Module module) => Build(module, Input);

    private static ExportedModule Build(nn.Module module, OnnxInput input) => ModuleGraph.Build(
        module,
        new ModulePaths(module),
        new ConverterTable(BuiltInConverters.All, []),
        new GraphRequest([input], Outputs: null, Opset.Default, Description: ""));

    private static VerificationResult Verify(ExportedModule exported) =>
        ModuleVerifier.Verify(exported, new Tolerance(1e-4, 1e-4), seed: 1);

    private static void Redeclare(IList<ValueInfoProto> values, string name, Dimension[] shape)
    {
        var index = values.Index().Single(entry => entry.Item.Name == name).Index;
        values[index] = ValueInfos.Create(name, DataType.Float, shape);
    }
}
