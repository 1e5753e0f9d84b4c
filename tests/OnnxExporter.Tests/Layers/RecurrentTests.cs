using System.Runtime.InteropServices;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter.Tests;

/// <summary>
/// Every weight of these layers names its own place: hundreds the gate in PyTorch's order, tens the row, ones the
/// column.
/// </summary>
public sealed class RecurrentTests
{
    private const int Hidden = 2;
    private const int Input = 3;

    // PyTorch: input 0, forget 1, cell 2, output 3. ONNX: input, output, forget, cell.
    private static readonly int[] Lstm = [0, 3, 1, 2];

    // PyTorch: reset 0, update 1, new 2. ONNX: update, reset, hidden.
    private static readonly int[] Gru = [1, 0, 2];

    private static readonly object[] Cells =
    [
        new object[] { CellKind.Lstm, Lstm },
        new object[] { CellKind.Gru, Gru },
        new object[] { CellKind.Rnn, (int[])[0] },
    ];

    [TestCaseSource(nameof(Cells))]
    public void AddLastState_OneDirection_GatesInTheOrderOfOnnx(CellKind cell, int[] gates)
    {
        var graph = Build(cell, gates.Length, directions: 1);
        Assert.That(Values(graph, "r/W"), Is.EqualTo(gates.SelectMany(gate => Block(gate, Input))));
        Assert.That(Values(graph, "r/R"), Is.EqualTo(gates.SelectMany(gate => Block(gate, Hidden))));
        Assert.That(
            Values(graph, "r/B"),
            Is.EqualTo(gates.SelectMany(gate => Block(gate, 1))
                .Concat(gates.SelectMany(gate => Block(gate, 1).Select(v => v + 5000)))));
    }

    [TestCaseSource(nameof(Cells))]
    public void AddLastState_TwoDirections_BackwardWeightsFollow(CellKind cell, int[] gates)
    {
        var graph = Build(cell, gates.Length, directions: 2);
        float[] forward = [.. gates.SelectMany(gate => Block(gate, Input))];
        Assert.That(Values(graph, "r/W"), Is.EqualTo(forward.Concat(forward.Select(value => value + 10_000))));
        Assert.That(
            graph.Initializer.Single(tensor => tensor.Name == "r/W").Dims,
            Is.EqualTo((long[])[2, gates.Length * Hidden, Input]));
        Assert.That(
            graph.Initializer.Single(tensor => tensor.Name == "r/B").Dims,
            Is.EqualTo((long[])[2, 2 * gates.Length * Hidden]));
    }

    [Test]
    public void AddLastState_Lstm_MatchesNumbersWrittenOut()
    {
        var graph = Build(CellKind.Lstm, 4, directions: 1);
        Assert.That(
            Values(graph, "r/R"),
            Is.EqualTo((float[])[0, 1, 10, 11, 300, 301, 310, 311, 100, 101, 110, 111, 200, 201, 210, 211]));
    }

    private static IEnumerable<float> Block(int gate, int columns) =>
        from row in Enumerable.Range(0, Hidden)
        from column in Enumerable.Range(0, columns)
        select (float)((100 * gate) + (10 * row) + column);

    private static float[] Values(GraphProto graph, string name) =>
        MemoryMarshal.Cast<byte, float>(graph.Initializer.Single(tensor => tensor.Name == name).RawData.Span).ToArray();

    private static GraphProto Build(CellKind cell, int gates, int directions)
    {
        var weights = new RecurrentWeights(
            cell, RnnNonlinearity.Tanh, Input, Hidden,
            [.. Enumerable.Range(0, directions).Select(direction => Direction(gates, 10_000 * direction))]);
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        var x = graph.Input("x", DataType.Float, "sequence", "batch", Input);
        var lengths = graph.Input("lengths", DataType.Int32, "batch");
        Recurrent.AddLastState(graph, "r", weights, x, lengths);
        return graph.Build();
    }

    private static DirectionWeights Direction(int gates, int offset)
    {
        float[] Stack(int columns, int more = 0) =>
            [.. Enumerable.Range(0, gates).SelectMany(gate => Block(gate, columns))
                .Select(value => value + offset + more)];
        return new(Stack(Input), Stack(Hidden), Stack(1), Stack(1, 5000));
    }
}
