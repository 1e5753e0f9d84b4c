using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Comparisons, which give Booleans, and what Booleans decide; with broadcasting.</summary>
    public const string
        Equal = "Equal",
        Greater = "Greater",
        GreaterOrEqual = "GreaterOrEqual",
        Less = "Less",
        Not = "Not",
        Where = "Where";
}

internal static class LogicOperators
{
    internal static OperatorDefinition[] All { get; } =
    [
        new(Operators.Equal, 2..2, InferEqual),
        new(Operators.Greater, 2..2, InferOrder),
        new(Operators.GreaterOrEqual, 2..2, InferOrder),
        new(Operators.Less, 2..2, InferOrder),
        new(Operators.Not, 1..1, InferNot),
        new(Operators.Where, 3..3, InferWhere),
    ];

    private static void InferEqual(NodeContext node)
    {
        node.RequireSameElement(0, 1);
        node.SetBroadcast(DataType.Bool, 0, 1);
    }

    private static void InferOrder(NodeContext node)
    {
        node.RequireNumber(0);
        InferEqual(node);
    }

    private static void InferNot(NodeContext node)
    {
        node.RequireElement(0, DataType.Bool);
        node.SetLikeInput();
    }

    private static void InferWhere(NodeContext node)
    {
        node.RequireElement(0, DataType.Bool);
        node.RequireSameElement(1, 2);
        node.SetBroadcast(node.Input(1)?.Element, 0, 1, 2);
    }
}

/// <content>Comparisons, and what Booleans decide.</content>
public static partial class GraphExtensions
{
    /// <summary>Whether a = b, broadcast.</summary>
    public static string Equal(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Equal, [a, b]);

    /// <summary>Whether a > b, broadcast.</summary>
    public static string Greater(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Greater, [a, b]);

    /// <summary>Whether a ≥ b, broadcast.</summary>
    public static string GreaterOrEqual(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.GreaterOrEqual, [a, b]);

    /// <summary>Whether a is less than b, broadcast.</summary>
    public static string Less(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Less, [a, b]);

    /// <summary>The opposite of each Boolean.</summary>
    public static string Not(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Not, [x]);

    /// <summary>
    /// The elements of <paramref name="a"/> where <paramref name="condition"/> holds, else of <paramref name="b"/>.
    /// </summary>
    public static string Where(this GraphBuilder graph, string name, string condition, string a, string b) =>
        graph.Add(name, Operators.Where, [condition, a, b]);
}
