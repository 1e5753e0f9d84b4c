using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of the recurrent operators, layout 0: time first.</summary>
internal static class RecurrentRules
{
    private const int X = 0;
    private const int W = 1;
    private const int R = 2;
    private const int B = 3;
    private const int SequenceLengths = 4;
    private const int InitialHidden = 5;
    private const int InitialCell = 6;
    private const int Peepholes = 7;

    internal static void Rnn(NodeContext node) => Infer(node, gates: 1, activationsPerDirection: 1);

    internal static void Gru(NodeContext node) => Infer(node, gates: 3, activationsPerDirection: 2);

    internal static void Lstm(NodeContext node) => Infer(node, gates: 4, activationsPerDirection: 3);

    private static void Infer(NodeContext node, int gates, int activationsPerDirection)
    {
        CheckElements(node);
        if (Directions(node) is not { } directions || HiddenSize(node) is not { } hidden)
        {
            return;
        }

        CheckActivations(node, directions * activationsPerDirection);
        node.RequireShape(X, Dimension.Unknown, Dimension.Unknown, Dimension.Unknown);
        if (node.Input(X) is not { Shape: { Count: 3 } x } sequences)
        {
            return;
        }

        var (steps, batch, input) = (x[0], x[1], x[2]);
        node.RequireShape(W, directions, gates * hidden, input);
        node.RequireShape(R, directions, gates * hidden, hidden);
        node.RequireShape(B, directions, 2 * gates * hidden);
        node.RequireShape(SequenceLengths, batch);
        node.RequireShape(InitialHidden, directions, batch, hidden);
        node.RequireShape(InitialCell, directions, batch, hidden);
        node.RequireShape(Peepholes, directions, 3 * hidden);
        node.SetOutput(sequences.Element, [steps, directions, batch, hidden], 0);
        node.SetOutput(sequences.Element, [directions, batch, hidden], 1);
        node.SetOutput(sequences.Element, [directions, batch, hidden], 2);
    }

    private static void CheckElements(NodeContext node)
    {
        node.RequireElement(X, ElementTypes.IsReal, "a real number");
        foreach (var input in (int[])[W, R, B, InitialHidden, InitialCell, Peepholes])
        {
            node.RequireSameElement(X, input);
        }

        node.RequireElement(SequenceLengths, type => type == DataType.Int32, "int32");
    }

    internal static int? Directions(NodeContext node)
    {
        if (node.Int("layout", 0) != 0)
        {
            node.ShapeProblem("has layout 1, but 0 was expected: common runtimes refuse the other.");
            return null;
        }

        switch (node.Text("direction", "forward"))
        {
            case "forward" or "reverse":
                return 1;
            case "bidirectional":
                return 2;
            case var direction:
                node.TypeProblem($"has the direction '{direction}', but forward, reverse or bidirectional was expected.");
                return null;
        }
    }

    internal static long? HiddenSize(NodeContext node)
    {
        var hidden = node.Int("hidden_size", 0);
        if (hidden is >= 1 and <= int.MaxValue)
        {
            return hidden;
        }

        node.ShapeProblem($"has the hidden_size {hidden}, but a positive one was expected.");
        return null;
    }

    internal static void CheckActivations(NodeContext node, int expected)
    {
        var activations = node.Attribute("activations")?.Strings;
        if (activations is not null && activations.Count != expected)
        {
            node.TypeProblem($"has {activations.Count} activations, but {expected} were expected.");
        }

        foreach (var activation in activations ?? [])
        {
            if (activation.ToStringUtf8() is not ("Tanh" or "Relu" or "Sigmoid"))
            {
                node.TypeProblem($"has the activation '{activation.ToStringUtf8()}', but Tanh, Relu or Sigmoid was expected.");
            }
        }
    }
}
