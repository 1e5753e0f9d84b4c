using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Functions of single elements.</summary>
    public const string
        Abs = "Abs",
        Cast = "Cast",
        Elu = "Elu",
        Erf = "Erf",
        Exp = "Exp",
        HardSwish = "HardSwish",
        Identity = "Identity",
        LeakyRelu = "LeakyRelu",
        Log = "Log",
        Neg = "Neg",
        PRelu = "PRelu",
        Relu = "Relu",
        Sigmoid = "Sigmoid",
        Softplus = "Softplus",
        Sqrt = "Sqrt",
        Tanh = "Tanh";
}

internal static class FunctionOperators
{
    private static readonly AttributeSchema Alpha = new("alpha", AttributeType.Float);

    internal static OperatorDefinition[] All { get; } =
    [
        new(Operators.Abs, 1..1, InferSigned),
        new(
            Operators.Cast, 1..1, InferCast,
            new("to", AttributeType.Int, Required: true), new("saturate", AttributeType.Int)),
        new(Operators.Elu, 1..1, InferReal, Alpha),
        new(Operators.Erf, 1..1, InferReal),
        new(Operators.Exp, 1..1, InferReal),
        new(Operators.HardSwish, 1..1, InferReal),
        new(Operators.Identity, 1..1, node => node.SetLikeInput()),
        new(Operators.LeakyRelu, 1..1, InferReal, Alpha),
        new(Operators.Log, 1..1, InferReal),
        new(Operators.Neg, 1..1, InferSigned),
        new(Operators.PRelu, 2..2, InferPRelu),
        new(Operators.Relu, 1..1, InferSigned),
        new(Operators.Sigmoid, 1..1, InferReal),
        new(Operators.Softplus, 1..1, InferReal),
        new(Operators.Sqrt, 1..1, InferReal),
        new(Operators.Tanh, 1..1, InferReal),
    ];

    private static void InferReal(NodeContext node)
    {
        node.RequireReal(0);
        node.SetLikeInput();
    }

    private static void InferSigned(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsSigned, "a signed number");
        node.SetLikeInput();
    }

    // The slope broadcasts to the input and never the other way round.
    private static void InferPRelu(NodeContext node)
    {
        node.RequireReal(0);
        node.RequireSameElement(0, 1);
        if (node.Input(0)?.Shape is { } x && node.Input(1)?.Shape is { } slope && !Dimensions.BroadcastsTo(slope, x))
        {
            node.ShapeProblem(
                $"has {TensorType.Format(slope)} as input 1, but a shape that broadcasts to {TensorType.Format(x)} " +
                "was expected.");
        }

        node.SetLikeInput();
    }

    private static void InferCast(NodeContext node)
    {
        var to = node.Int("to", 0);
        if (!ElementTypes.IsElement((int)to))
        {
            node.TypeProblem(
                $"casts to {ElementTypes.NameOf((int)to)}, but a type of the standard was expected.");
        }

        node.SetOutput((DataType)to, node.Input(0)?.Shape);
    }
}

/// <content>Functions of single elements.</content>
public static partial class GraphExtensions
{
    /// <summary>|x| of each element.</summary>
    public static string Abs(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Abs, [x]);

    /// <summary>The elements as another type.</summary>
    public static string Cast(this GraphBuilder graph, string name, string x, DataType type) =>
        graph.Add(name, Operators.Cast, [x], Attributes.Int("to", (long)type));

    /// <summary>x where x > 0, else α·(exp(x) - 1).</summary>
    public static string Elu(this GraphBuilder graph, string name, string x, float alpha) =>
        graph.Add(name, Operators.Elu, [x], Attributes.Float("alpha", alpha));

    /// <summary>The error function of each element.</summary>
    public static string Erf(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Erf, [x]);

    /// <summary>e to the power of each element.</summary>
    public static string Exp(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Exp, [x]);

    /// <summary>x · max(0, min(1, x/6 + 1/2)) of each element.</summary>
    public static string HardSwish(this GraphBuilder graph, string name, string x) =>
        graph.Add(name, Operators.HardSwish, [x]);

    /// <summary>The same value under another name.</summary>
    public static string Identity(this GraphBuilder graph, string name, string x) =>
        graph.Add(name, Operators.Identity, [x]);

    /// <summary>x where x ≥ 0, else α·x.</summary>
    public static string LeakyRelu(this GraphBuilder graph, string name, string x, float alpha) =>
        graph.Add(name, Operators.LeakyRelu, [x], Attributes.Float("alpha", alpha));

    /// <summary>Natural logarithm of each element.</summary>
    public static string Log(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Log, [x]);

    /// <summary>-x of each element.</summary>
    public static string Neg(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Neg, [x]);

    /// <summary>x where x ≥ 0, else slope · x; the slope broadcasts to x.</summary>
    public static string PRelu(this GraphBuilder graph, string name, string x, string slope) =>
        graph.Add(name, Operators.PRelu, [x, slope]);

    /// <summary>max(0, x) of each element.</summary>
    public static string Relu(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Relu, [x]);

    /// <summary>Logistic function of each element.</summary>
    public static string Sigmoid(this GraphBuilder graph, string name, string x) =>
        graph.Add(name, Operators.Sigmoid, [x]);

    /// <summary>ln(1 + exp(x)) of each element.</summary>
    public static string Softplus(this GraphBuilder graph, string name, string x) =>
        graph.Add(name, Operators.Softplus, [x]);

    /// <summary>Square root of each element.</summary>
    public static string Sqrt(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Sqrt, [x]);

    /// <summary>Hyperbolic tangent of each element.</summary>
    public static string Tanh(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Tanh, [x]);
}
