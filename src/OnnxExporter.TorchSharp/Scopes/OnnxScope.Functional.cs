using System.Globalization;
using OnnxSentiment.Onnx;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <content>
/// Functional operations, with the meaning of TorchSharp's tensor methods of the same name. Dimensions may count from
/// the end, as -1.
/// </content>
public sealed partial class OnnxScope
{
    /// <summary>a + b, broadcast.</summary>
    public OnnxValue Add(OnnxValue a, OnnxValue b) => Node("add", name => Graph.Add(name, Of(a), Of(b)));

    /// <summary>x + a number.</summary>
    public OnnxValue Add(OnnxValue x, double number) => Add(x, Like(x, number));

    /// <summary>a - b, broadcast.</summary>
    public OnnxValue Subtract(OnnxValue a, OnnxValue b) => Node("subtract", name => Graph.Sub(name, Of(a), Of(b)));

    /// <summary>x - a number.</summary>
    public OnnxValue Subtract(OnnxValue x, double number) => Subtract(x, Like(x, number));

    /// <summary>a · b, broadcast.</summary>
    public OnnxValue Multiply(OnnxValue a, OnnxValue b) => Node("multiply", name => Graph.Mul(name, Of(a), Of(b)));

    /// <summary>x · a number.</summary>
    public OnnxValue Multiply(OnnxValue x, double number) => Multiply(x, Like(x, number));

    /// <summary>
    /// a / b, broadcast. Whole numbers are to be cast first: TorchSharp makes fractions of them, ONNX cuts these off.
    /// </summary>
    public OnnxValue Divide(OnnxValue a, OnnxValue b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return IsFraction(a.Type)
            ? Node("divide", name => Graph.Div(name, Of(a), Of(b)))
            : throw Wrong(
                $"its divide is of {a}, of which TorchSharp makes fractions, but ONNX whole numbers: " +
                "cast it to Float32 first");
    }

    /// <summary>x / a number.</summary>
    public OnnxValue Divide(OnnxValue x, double number) => Divide(x, Like(x, number));

    /// <summary>a to the power of a number.</summary>
    public OnnxValue Pow(OnnxValue x, double exponent) =>
        Node("pow", name => Graph.Pow(name, Of(x), Of(Like(x, exponent))));

    /// <summary>Matrix product over the last two dimensions, broadcast over the others.</summary>
    public OnnxValue MatMul(OnnxValue a, OnnxValue b) => Node("matmul", name => Graph.MatMul(name, Of(a), Of(b)));

    /// <summary>-x of each element.</summary>
    public OnnxValue Negative(OnnxValue x) => Node("negative", name => Graph.Neg(name, Of(x)));

    /// <summary>|x| of each element.</summary>
    public OnnxValue Abs(OnnxValue x) => Node("abs", name => Graph.Abs(name, Of(x)));

    /// <summary>e to the power of each element.</summary>
    public OnnxValue Exp(OnnxValue x) => Node("exp", name => Graph.Exp(name, Of(x)));

    /// <summary>Natural logarithm of each element.</summary>
    public OnnxValue Log(OnnxValue x) => Node("log", name => Graph.Log(name, Of(x)));

    /// <summary>Square root of each element.</summary>
    public OnnxValue Sqrt(OnnxValue x) => Node("sqrt", name => Graph.Sqrt(name, Of(x)));

    /// <summary>max(0, x) of each element.</summary>
    public OnnxValue Relu(OnnxValue x) => Node("relu", name => Graph.Relu(name, Of(x)));

    /// <summary>Hyperbolic tangent of each element.</summary>
    public OnnxValue Tanh(OnnxValue x) => Node("tanh", name => Graph.Tanh(name, Of(x)));

    /// <summary>Logistic function of each element.</summary>
    public OnnxValue Sigmoid(OnnxValue x) => Node("sigmoid", name => Graph.Sigmoid(name, Of(x)));

    /// <summary>GELU of each element, by the error function.</summary>
    public OnnxValue Gelu(OnnxValue x) => Node("gelu", name => Activations.AddGelu(Graph, name, Of(x)));

    /// <summary>x · logistic(x) of each element.</summary>
    public OnnxValue Silu(OnnxValue x) => Node("silu", name => Activations.AddSilu(Graph, name, Of(x)));

    /// <summary>exp(x) over its sum along a dimension.</summary>
    public OnnxValue Softmax(OnnxValue x, long dim) => Node("softmax", name => Graph.Softmax(name, Of(x), dim));

    /// <summary>Logarithm of the softmax along a dimension.</summary>
    public OnnxValue LogSoftmax(OnnxValue x, long dim) =>
        Node("log_softmax", name => Graph.LogSoftmax(name, Of(x), dim));

    /// <summary>Mean along dimensions.</summary>
    public OnnxValue Mean(OnnxValue x, long[] dims, bool keepdim = false) =>
        Node("mean", name => Graph.ReduceMean(name, Of(x), FromFront(x, dims), keepdim));

    /// <summary>Sum along dimensions.</summary>
    public OnnxValue Sum(OnnxValue x, long[] dims, bool keepdim = false) =>
        Node("sum", name => Graph.ReduceSum(name, Of(x), FromFront(x, dims), keepdim));

    /// <summary>Largest values along dimensions.</summary>
    public OnnxValue Max(OnnxValue x, long[] dims, bool keepdim = false) =>
        Node("max", name => Graph.ReduceMax(name, Of(x), FromFront(x, dims), keepdim));

    /// <summary>a where the condition holds, else b, broadcast.</summary>
    public OnnxValue Where(OnnxValue condition, OnnxValue a, OnnxValue b) =>
        Node("where", name => Graph.Where(name, Of(condition), Of(a), Of(b)));

    /// <summary>Whether x equals a number.</summary>
    public OnnxValue Equal(OnnxValue x, double number) =>
        Node("equal", name => Graph.Equal(name, Of(x), Of(Like(x, number))));

    /// <summary>Whether a > b, broadcast.</summary>
    public OnnxValue Greater(OnnxValue a, OnnxValue b) => Node("greater", name => Graph.Greater(name, Of(a), Of(b)));

    /// <summary>The opposite of each Boolean.</summary>
    public OnnxValue Not(OnnxValue x) => Node("not", name => Graph.Not(name, Of(x)));

    /// <summary>The elements as another type.</summary>
    public OnnxValue Cast(OnnxValue x, ScalarType type) =>
        Node("cast", name => Graph.Cast(name, Of(x), ElementTypeMap.ToOnnx(type)));

    /// <summary>
    /// A number of the type of another value, without dimensions; beside whole numbers, it has to be one that the type
    /// holds.
    /// </summary>
    public OnnxValue Like(OnnxValue x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!Holds(x.Type, number))
        {
            throw Wrong(string.Create(
                CultureInfo.InvariantCulture,
                $"{number} stands beside {x}, which it would be cut off to: cast that to Float32 first"));
        }

        return x.Type switch
        {
            ScalarType.Float32 => Value(Graph.Scalar((float)number)),
            ScalarType.Float64 => Value(Graph.Scalar(number)),
            ScalarType.Int64 => Value(Graph.Scalar((long)number)),
            var type => Cast(Value(IsFraction(type) ? Graph.Scalar((float)number) : Graph.Scalar((long)number)), type),
        };
    }

    private OnnxValue Node(string operation, Func<string, string> add)
    {
        try
        {
            return Value(add(NewName(operation)));
        }
        catch (Core.InvalidInputException e)
        {
            throw Wrong($"its {operation} does not fit: {e.Message.TrimEnd('.')}");
        }
    }

    private static bool IsFraction(ScalarType type) =>
        type is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16;

    private static bool Holds(ScalarType type, double number) =>
        IsFraction(type) || (number == Math.Truncate(number) && HoldsWhole(type, number));

    // 2^63, which no Int64 holds, is what long.MaxValue becomes in double precision.
    private static bool HoldsWhole(ScalarType type, double number) => type switch
    {
        ScalarType.Bool => number is 0 or 1,
        ScalarType.Byte => number is >= byte.MinValue and <= byte.MaxValue,
        ScalarType.Int8 => number is >= sbyte.MinValue and <= sbyte.MaxValue,
        ScalarType.Int16 => number is >= short.MinValue and <= short.MaxValue,
        ScalarType.Int32 => number is >= int.MinValue and <= int.MaxValue,
        _ => number is >= long.MinValue and < long.MaxValue,
    };

    private static string Of(OnnxValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Name;
    }

    private static long[] FromFront(OnnxValue x, long[] dims) => [.. dims.Select(dim => dim < 0 ? dim + x.Rank : dim)];
}
