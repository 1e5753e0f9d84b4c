using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

public class InputSamplerTests
{
    [Test]
    public void Sample_NamedDimensions_AreTheSameWhereverTheyStand()
    {
        var graph = Graph(
            Value("a", DataType.Float, "batch", "seq", 4), Value("b", DataType.Float, "seq", "batch"),
            Node("Add", "a b", "y"));
        var sampler = Sampler(graph, graph);
        foreach (var plan in sampler.Plans().Take(SizePlans.Wanted))
        {
            var set = sampler.Sample(plan, 0)!;
            var (a, b) = (set.Actual[0].Shape, set.Actual[1].Shape);
            Assert.That((b[0], b[1], a[2]), Is.EqualTo((a[1], a[0], 4L)), set.Name);
            Assert.That(set.Name, Does.Contain($"batch={a[0]}, seq={a[1]}, seed"));
        }
    }

    [Test]
    public void Sample_SizeFixedInOneFile_HoldsForBoth()
    {
        var open = Graph(Value("x", DataType.Float, "n", "m"), Node("Relu", "x", "y"));
        var fixedSize = Graph(Value("input", DataType.Float, 6, Dimension.Unknown), Node("Relu", "input", "y"));
        var set = First(Sampler(open, fixedSize));
        Assert.That(set.Actual[0].Shape[0], Is.EqualTo(6));
        Assert.That(set.Expected[0].Shape, Is.EqualTo(set.Actual[0].Shape));
        Assert.That((set.Actual[0].Name, set.Expected[0].Name), Is.EqualTo(("x", "input")));
        Assert.That(set.Expected[0].Values, Is.EqualTo(set.Actual[0].Values));
    }

    [Test]
    public void Sample_DimensionsThatOneFileHoldsEqual_AreEqualInBoth()
    {
        var apart = Graph(
            Value("a", DataType.Float, "p"), Value("b", DataType.Float, "q"), Node("Concat", "a b", "y"));
        var equal = Graph(
            Value("a", DataType.Float, "m"), Value("b", DataType.Float, "m"), Node("Add", "a b", "y"));
        var sampler = Sampler(apart, equal);
        foreach (var plan in sampler.Plans().Take(3))
        {
            var shapes = sampler.Sample(plan, 0)!.Actual.Select(tensor => tensor.Shape[0]).ToList();
            Assert.That(shapes[0], Is.EqualTo(shapes[1]));
        }
    }

    [Test]
    public void Create_SizesThatContradict_AreRefused() => Assert.That(
        () => Sampler(
            Graph(Value("x", DataType.Float, 2), Node("Relu", "x", "y")),
            Graph(Value("x", DataType.Float, 3), Node("Relu", "x", "y"))),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("2").And.Message.Contains("3"));

    [TestCase(DataType.Float16)]
    [TestCase(DataType.Bfloat16)]
    [TestCase(DataType.Double)]
    public void Sample_FilesOfTwoPrecisions_GetTheSameNumbers(DataType other)
    {
        var single = Graph(Value("x", DataType.Float, 50), Node("Relu", "x", "y"));
        var set = First(Sampler(single, Graph(Value("x", other, 50), Node("Relu", "x", "y"))));
        Assert.That(set.Actual[0].ToDoubles(), Is.EqualTo(set.Expected[0].ToDoubles()));
        Assert.That(set.Actual[0].ToDoubles().Distinct().Count(), Is.GreaterThan(40));
    }

    [Test]
    public void Sample_Ids_MeetEveryRowOnceBeforeAnyTwice()
    {
        var graph = WithTable(rows: 60, changed: -1);
        var sampler = Sampler(graph, graph);
        var ids = sampler.Sample(sampler.Plans().First(), 0)!.Actual[0].ToDoubles()
            .Concat(sampler.Sample(sampler.Plans().ElementAt(3), 1)!.Actual[0].ToDoubles()).ToList();
        Assert.That(ids, Has.All.InRange(0, 59));
        Assert.That(ids.Take(60).Distinct().Count(), Is.EqualTo(Math.Min(60, ids.Count)));
        Assert.That(ids[0], Is.EqualTo(59), "the last row first");
    }

    [TestCase(0)]
    [TestCase(4711)]
    [TestCase(9999)]
    public void Sample_TablesThatDifferInOneRow_MeetItFirst(int row) => Assert.That(
        First(Sampler(WithTable(rows: 10_000, row), WithTable(rows: 10_000, changed: -1))).Actual[0].ToDoubles()[0],
        Is.EqualTo(row));

    [Test]
    public void Sample_LengthsAndMasks_FitTheirSequences()
    {
        var graph = Graph(
            Value("x", DataType.Float, "seq", "batch", 3), Value("lengths", DataType.Int32, "batch"),
            Value("attention_mask", DataType.Int64, "batch", "seq"), Value("keep", DataType.Bool, "batch"),
            Node("LSTM", "x w r b lengths", "y"), Node("Where", "keep a b", "z"));
        var sampler = Sampler(graph, graph);
        foreach (var (index, plan) in sampler.Plans().Take(3).SelectMany(plan => Enumerable.Repeat(plan, 9)).Index())
        {
            var inputs = sampler.Sample(plan, index)!.Actual;
            var (sequence, lengths) = (inputs[0].Shape[0], inputs[1].ToDoubles());
            Assert.That(lengths, Has.All.InRange(1, sequence));
            Assert.That(lengths, Is.Ordered.Descending);
            Assert.That(lengths[0], Is.EqualTo(sequence));
            Assert.That(inputs[2].ToDoubles(), Has.All.InRange(0, 1));
            Assert.That(inputs[2].ToDoubles().Chunk((int)sequence).Select(row => row[0]), Has.All.EqualTo(1));
        }
    }

    [Test]
    public void Sample_Rules_HaveTheLastWord()
    {
        var graph = Graph(
            Value("x", DataType.Float, "n", 2), Value("k", DataType.Uint8, "n"), Value("t", DataType.String, 3),
            Node("Relu", "x", "y"));
        var set = First(Sampler(graph, graph, "x=5..5,[4,2]", "k=7|9", "t=yes|ja"));
        Assert.That(set.Actual[0].Shape, Is.EqualTo([4L, 2]));
        Assert.That(set.Actual[0].ToDoubles(), Has.All.EqualTo(5));
        Assert.That(set.Actual[1].Shape, Is.EqualTo([4L]), "n of the rule holds for the other input, too");
        Assert.That(set.Actual[1].ToDoubles().Distinct(), Is.SubsetOf([7.0, 9.0]));
        Assert.That(((string[])set.Actual[2].Values).Distinct(), Is.SubsetOf(["yes", "ja"]));
    }

    [TestCase("z=0..1", "no input 'z'")]
    [TestCase("x=[3]", "2 dimensions")]
    [TestCase("x=[3,4]", "2 in")]
    public void Create_RuleThatFitsNothing_IsRefused(string rule, string expected)
    {
        var graph = Graph(Value("x", DataType.Float, "n", 2), Node("Relu", "x", "y"));
        Assert.That(
            () => Sampler(graph, graph, rule), Throws.TypeOf<InvalidInputException>().With.Message.Contains(expected));
    }

    [Test]
    public void Create_InputWithoutAShape_AsksForOne()
    {
        var value = new ValueInfoProto { Name = "x", Type = new() { TensorType = new() { ElemType = 1 } } };
        var graph = Graph(value, Node("Relu", "x", "y"));
        Assert.That(
            () => Sampler(graph, graph),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("--input x=[1,3,224,224]"));
        Assert.That(First(Sampler(graph, graph, "x=[2,3]")).Actual[0].Shape, Is.EqualTo([2L, 3]));
    }

    [Test]
    public void Sample_SameSeed_GivesTheSame()
    {
        var graph = Graph(
            Value("x", DataType.Float, "n"), Value("t", DataType.String, "n"), Node("Relu", "x", "y"));
        var (one, other) = (First(Sampler(graph, graph)), First(Sampler(graph, graph)));
        Assert.That(one.Actual.Select(t => t.Values), Is.EqualTo(other.Actual.Select(t => t.Values)));
        Assert.That(one.Actual[1].Values, Is.Unique.Or.Some.Length.GreaterThan(0));
    }

    [Test]
    public void Sample_TooManyElements_IsLeftOut()
    {
        var graph = Graph(Value("x", DataType.Float, 100_000, 1_000), Node("Relu", "x", "y"));
        var sampler = Sampler(graph, graph);
        Assert.That(sampler.Sample(sampler.Plans().First(), 0), Is.Null);
    }

    private static GraphProto WithTable(int rows, int changed)
    {
        var values = Enumerable.Range(0, rows * 2).Select(i => (float)i).ToArray();
        if (changed >= 0)
        {
            values[(changed * 2) + 1] += 0.001f;
        }

        return Graph(
            Tensors.Float("table", [rows, 2], values), Value("ids", DataType.Int64, "n", "m"),
            Node("Gather", "table ids", "y"));
    }

    private static InputSet First(InputSampler sampler) => sampler.Sample(sampler.Plans().First(), 0)!;

    private static InputSampler Sampler(GraphProto actual, GraphProto expected, params string[] rules)
    {
        var pairs = InputPair.Match(InputsOf(actual), InputsOf(expected), "a.onnx", "b.onnx");
        return new InputSampler(
            pairs, new GraphScope(actual), new GraphScope(expected),
            new SamplingOptions(1, [.. rules.Select(InputRule.Parse)], new Dictionary<string, long>()));
    }

    private static IReadOnlyList<GraphInput> InputsOf(GraphProto graph) =>
        GraphInput.AllOf(new ModelProto { Graph = graph }, "file");
}
