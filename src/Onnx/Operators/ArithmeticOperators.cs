namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Arithmetic of two tensors, element by element, with broadcasting.</summary>
    public const string
        Add = "Add",
        Div = "Div",
        Max = "Max",
        Min = "Min",
        Mul = "Mul",
        Pow = "Pow",
        Sub = "Sub";
}

internal static class ArithmeticOperators
{
    // Max and Min take any number of inputs in the standard; two are all that graphs here need.
    internal static OperatorDefinition[] All { get; } =
    [
        new(Operators.Add, 2..2, Infer),
        new(Operators.Div, 2..2, Infer),
        new(Operators.Max, 2..2, Infer),
        new(Operators.Min, 2..2, Infer),
        new(Operators.Mul, 2..2, Infer),
        new(Operators.Pow, 2..2, Infer),
        new(Operators.Sub, 2..2, Infer),
    ];

    private static void Infer(NodeContext node)
    {
        node.RequireNumber(0);
        node.RequireSameElement(0, 1);
        node.SetBroadcast(node.Input(0)?.Element, 0, 1);
    }
}

/// <summary>
/// Operators as methods of the builder. The first argument is always the name of the node and of the value that it
/// computes; the others are names of values, or the operator's settings. All return the name of the new value.
/// </summary>
public static partial class GraphExtensions
{
    /// <summary>a + b, broadcast.</summary>
    public static string Add(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Add, [a, b]);

    /// <summary>a - b, broadcast.</summary>
    public static string Sub(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Sub, [a, b]);

    /// <summary>a · b, broadcast.</summary>
    public static string Mul(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Mul, [a, b]);

    /// <summary>a / b, broadcast.</summary>
    public static string Div(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Div, [a, b]);

    /// <summary>The smaller of a and b, broadcast.</summary>
    public static string Min(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Min, [a, b]);

    /// <summary>The larger of a and b, broadcast.</summary>
    public static string Max(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Max, [a, b]);

    /// <summary>a to the power of b, broadcast.</summary>
    public static string Pow(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Pow, [a, b]);
}
