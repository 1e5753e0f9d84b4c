using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

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

    /// <summary>|x| of each element.</summary>
    public static string Abs(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Abs, [x]);

    /// <summary>-x of each element.</summary>
    public static string Neg(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Neg, [x]);

    /// <summary>e to the power of each element.</summary>
    public static string Exp(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Exp, [x]);

    /// <summary>Natural logarithm of each element.</summary>
    public static string Log(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Log, [x]);

    /// <summary>Square root of each element.</summary>
    public static string Sqrt(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Sqrt, [x]);

    /// <summary>The error function of each element.</summary>
    public static string Erf(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Erf, [x]);

    /// <summary>a to the power of b, broadcast.</summary>
    public static string Pow(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Pow, [a, b]);

    /// <summary>Whether a > b, broadcast.</summary>
    public static string Greater(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.Greater, [a, b]);

    /// <summary>Whether a is less than b, broadcast.</summary>
    public static string Less(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Less, [a, b]);

    /// <summary>The same value under another name.</summary>
    public static string Identity(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Identity, [x]);
}
