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

    private static readonly NamedTensor Found = new("y", [2, 3, 5], new float[30]);
    private static readonly Dictionary<string, long> Sizes = new() { ["batch"] = 2, ["steps"] = 3 };

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
    public void Difference_OtherType_NamesBoth()
    {
        var difference = Declare(DataType.Int64, "batch", "steps", 5).Difference(Found, Sizes);
        Assert.That(difference, Does.Contain("int64 [batch, steps, 5]").And.Contain("float [2, 3, 5]"));
    }

    [Test]
    public void Difference_DimensionsThatNobodyKnows_AreAnySize() =>
        Assert.That(Declare(DataType.Float, Dimension.Unknown, "steps", "other").Difference(Found, Sizes), Is.Null);

    [Test]
    public void Difference_ValueThatIsNotDeclared_IsNone() =>
        Assert.That(new DeclaredTypes(new GraphProto()).Difference(Found, Sizes), Is.Null);

    private static DeclaredTypes Declare(DataType type, params Dimension[] shape) =>
        new(new GraphProto { Output = { ValueInfos.Create("y", type, shape) } });

    private static ExportedModule Build(nn.Module module) => ModuleGraph.Build(
        module,
        new ModulePaths(module),
        new ConverterTable(BuiltInConverters.All, []),
        new GraphRequest([Input], Outputs: null, Opset.Default, Description: ""));

    private static VerificationResult Verify(ExportedModule exported) =>
        ModuleVerifier.Verify(exported, new Tolerance(1e-4, 1e-4), seed: 1);

    private static void Redeclare(IList<ValueInfoProto> values, string name, Dimension[] shape)
    {
        var index = values.Index().Single(entry => entry.Item.Name == name).Index;
        values[index] = ValueInfos.Create(name, DataType.Float, shape);
    }
}
