using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Onnx.Tests.NodeRule;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>Arithmetic, logic and functions: element by element.</summary>
public sealed class ElementOperatorsTests
{
    private static readonly TestCaseData[] Sound = Cases(
        ("both sides broadcast", g => g.Add("y", X(g, 3, 1, 5), Floats(g, "b", 4, 1)), "Float [3, 4, 5]"),
        ("a size decides beside an unknown one", g => g.Mul("y", X(g, "n", Dimension.Unknown), Floats(g, "b", 4)),
            "Float [n, 4]"),
        ("1 beside an unknown one stays unknown", g => g.Mul("y", X(g, "n", Dimension.Unknown), Floats(g, "b", 1)),
            "Float [n, ?]"),
        ("whole numbers", g => g.Sub("y", g.Input("a", DataType.Int64, 3), g.Scalar(1L)), "Int64 [3]"),
        ("comparison", g => g.Less("y", X(g, 3, 1), Floats(g, "b", 4)), "Bool [3, 4]"),
        ("equality of Booleans", g => g.Equal("y", g.Input("a", DataType.Bool, 3), g.Input("b", DataType.Bool, 1)),
            "Bool [3]"),
        ("negation", g => g.Not("y", g.Input("a", DataType.Bool, 3, "n")), "Bool [3, n]"),
        ("choice has the type of what is chosen",
            g => g.Where("y", g.Input("a", DataType.Bool, 4, 1), g.Constant(1, 2, 3), g.Scalar(0L)), "Int64 [4, 3]"),
        ("cast", g => g.Cast("y", X(g, 3, "n"), DataType.Int32), "Int32 [3, n]"),
        ("function", g => g.Sigmoid("y", X(g, 3, "n")), "Float [3, n]"),
        ("signed function", g => g.Neg("y", g.Input("a", DataType.Int8, 3)), "Int8 [3]"),
        ("one slope for all", g => g.PRelu("y", X(g, 3, 4), Floats(g, "s", 1)), "Float [3, 4]"),
        ("slope of the last dimension", g => g.PRelu("y", X(g, 3, 4), Floats(g, "s", 4)), "Float [3, 4]"));

    private static readonly TestCaseData[] Unsound = Cases(
        ("sizes that differ", g => g.Add("y", X(g, 3, 4), Floats(g, "b", 3)), "[3] as input 1"),
        ("names that differ", g => g.Add("y", X(g, "n"), g.Input("b", DataType.Float, "m")), "[m] as input 1"),
        ("element types that differ", g => g.Add("y", X(g, 3), g.Scalar(1L)), "as input 1"),
        ("arithmetic of Booleans", g => g.Mul("y", g.Input("a", DataType.Bool, 3), "a"), "a number"),
        ("order of Booleans", g => g.Greater("y", g.Input("a", DataType.Bool, 3), "a"), "a number"),
        ("negation of numbers", g => g.Not("y", X(g, 3)), "bool was expected"),
        ("numbers that decide", g => g.Where("y", X(g, 3), "x", "x"), "as input 0, but bool"),
        ("third that does not broadcast",
            g => g.Where("y", g.Input("a", DataType.Bool, 4, 3), X(g, 3), Floats(g, "b", 2)), "[2] as input 2"),
        ("unsigned opposite", g => g.Neg("y", g.Input("a", DataType.Uint8, 3)), "a signed number"),
        ("root of a whole number", g => g.Sqrt("y", g.Constant(4)), "a real number"),
        ("slope larger than the data", g => g.PRelu("y", X(g, 4), Floats(g, "s", 3, 4)), "broadcasts to [4]"));

    [TestCaseSource(nameof(Sound))]
    public void Add_Node_GivesTypeAndShape(Func<GraphBuilder, string> add, string expected) =>
        AssertGives(add, expected);

    [TestCaseSource(nameof(Unsound))]
    public void Add_NodeThatDoesNotFit_Refused(Func<GraphBuilder, string> add, string words) =>
        AssertRefuses(add, words);
}
