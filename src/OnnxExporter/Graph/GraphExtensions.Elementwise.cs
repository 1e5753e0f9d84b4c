using static OnnxSentiment.OnnxExporter.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter.Graph;

/// <summary>
/// Operators as methods of the builder. The first argument is always the name of the node and of the value that it
/// computes; the others are names of values, or the operator's settings. All return the name of the new value.
/// </summary>
public static partial class GraphExtensions
{
    /// <summary>a + b, broadcast.</summary>
    public static string Add(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Add, [a, b]);

    /// <summary>a · b, broadcast.</summary>
    public static string Mul(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Mul, [a, b]);

    /// <summary>a / b, broadcast.</summary>
    public static string Div(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Div, [a, b]);

    /// <summary>Hyperbolic tangent of each element.</summary>
    public static string Tanh(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Tanh, [x]);

    /// <summary>max(0, x) of each element.</summary>
    public static string Relu(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Relu, [x]);

    /// <summary>Logistic function of each element.</summary>
    public static string Sigmoid(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Sigmoid, [x]);

    /// <summary>Whether a = b, broadcast.</summary>
    public static string Equal(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Equal, [a, b]);

    /// <summary>The opposite of each Boolean.</summary>
    public static string Not(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Not, [x]);

    /// <summary>The elements of <paramref name="a"/> where <paramref name="condition"/> holds, else of <paramref name="b"/>.</summary>
    public static string Where(this GraphBuilder graph, string name, string condition, string a, string b) =>
        graph.Add(name, Operators.Where, [condition, a, b]);

    /// <summary>The elements as another type.</summary>
    public static string Cast(this GraphBuilder graph, string name, string x, DataType type) =>
        graph.Add(name, Operators.Cast, [x], Attributes.Int("to", (long)type));
}
