using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity.Tests;

[Parallelizable]
public class DeclaredTypesTests
{
    private static readonly Dictionary<string, long> Sizes = new() { ["batch"] = 2, ["steps"] = 3 };

    private static readonly (string Name, Dimension[] Shape)[] WrongShapes =
    [
        ("another size", ["batch", "steps", 7]),
        ("exchanged names", ["steps", "batch", 5]),
        ("a name for two sizes", ["batch", "other", "other"]),
        ("fewer dimensions", ["batch", "steps"]),
        ("more dimensions", ["batch", "steps", 5, 1]),
    ];

    private static readonly (string Name, Dimension[] Shape)[] RightShapes =
    [
        ("names of inputs", ["batch", "steps", 5]),
        ("sizes", [2, 3, 5]),
        ("nothing known", [Dimension.Unknown, Dimension.Unknown, Dimension.Unknown]),
        ("names of its own", ["a", "b", "c"]),
    ];

    private static IEnumerable<TestCaseData> Wrong() => Cases(WrongShapes);

    private static IEnumerable<TestCaseData> Right() => Cases(RightShapes);

    [TestCaseSource(nameof(Wrong))]
    public void FirstDifference_OtherShape_NamesBoth(Dimension[] shape) => Assert.That(
        Declare(DataType.Float, shape).FirstDifference([Float("y", 2, 3, 5)], Sizes)?.Description,
        Does.Contain($"float [{string.Join(", ", shape)}]").And.Contain("float [2, 3, 5]"));

    [TestCaseSource(nameof(Right))]
    public void FirstDifference_AsDeclared_IsNone(Dimension[] shape) => Assert.That(
        Declare(DataType.Float, shape).FirstDifference([Float("y", 2, 3, 5)], Sizes), Is.Null);

    [Test]
    public void FirstDifference_OtherType_NamesBoth() => Assert.That(
        Declare(DataType.Int64, "batch", "steps", 5).FirstDifference([Float("y", 2, 3, 5)], Sizes)?.Description,
        Does.Contain("int64 [batch, steps, 5] with batch=2, steps=3").And.Contain("float [2, 3, 5]"));

    [Test]
    public void FirstDifference_NameThatNoInputHas_IsTheSameSizeInEveryValue()
    {
        var graph = new GraphProto
        {
            Output =
            {
                ValueInfos.Create("first", DataType.Float, "batch", "windows"),
                ValueInfos.Create("second", DataType.Float, "windows"),
            },
        };
        var types = new DeclaredTypes(graph);
        Assert.That(types.FirstDifference([Float("first", 2, 4), Float("second", 4)], Sizes), Is.Null);
        Assert.That(
            types.FirstDifference([Float("first", 2, 4), Float("second", 5)], Sizes)?.Value, Is.EqualTo("second"));
    }

    [Test]
    public void FirstDifference_ValueThatIsNotDeclared_IsNone() => Assert.That(
        new DeclaredTypes(new GraphProto()).FirstDifference([Float("y", 2)], Sizes), Is.Null);

    [Test]
    public void FirstDifference_RankUnknown_ComparesTheTypeAlone()
    {
        var info = ValueInfos.Create("y", DataType.Float);
        info.Type.TensorType.Shape = null;
        var types = new DeclaredTypes(new GraphProto { Output = { info } });
        Assert.That(types.FirstDifference([Float("y", 2, 3)], Sizes), Is.Null);
        Assert.That(types.FirstDifference([new("y", DataType.Double, [2, 3])], Sizes), Is.Not.Null);
    }

    [Test]
    public void SizesOf_Inputs_AreThoseOfTheirNames()
    {
        var types = new DeclaredTypes(new GraphProto
        {
            Input =
            {
                ValueInfos.Create("x", DataType.Float, "batch", 7, "steps"),
                ValueInfos.Create("lengths", DataType.Int64, "batch"),
            },
        });
        var sizes = types.SizesOf([new("lengths", [2], new long[2]), new("x", [2, 7, 3], new float[42])]);
        Assert.That(sizes, Is.EquivalentTo(Sizes));
    }

    private static IEnumerable<TestCaseData> Cases((string Name, Dimension[] Shape)[] cases) =>
        cases.Select(c => new TestCaseData(c.Shape).SetArgDisplayNames(c.Name));

    private static DeclaredTypes Declare(DataType type, params Dimension[] shape) =>
        new(new GraphProto { Output = { ValueInfos.Create("y", type, shape) } });

    private static TensorInfo Float(string name, params long[] shape) => new(name, DataType.Float, shape);
}
