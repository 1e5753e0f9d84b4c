using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

public class InputRolesTests
{
    private static readonly TensorProto Table = Tensors.Float("table", [7, 2], new float[14]);
    private static readonly TensorProto Axes = Tensors.Int64("axes", [1], [0]);

    [TestCase("Gather", 7)]
    [TestCase("GatherElements", 7)]
    public void Of_Ids_AreBelowTheRowsOfTheTable(string op, int rows) =>
        Assert.That(RoleOf(Table, Node(op, "table x", "y")).Rows, Is.EqualTo(rows));

    [Test]
    public void Of_IdsThroughOtherNodes_AreFollowed() => Assert.That(
        RoleOf(
            Table, Axes, Node("Cast", "x", "a", Attributes.Int("to", 7)), Node("Unsqueeze", "a axes", "b"),
            Node("Concat", "b b", "c", Attributes.Int("axis", 0)), Node("Gather", "table c", "y")).Rows,
        Is.EqualTo(7));

    [Test]
    public void Of_ColumnsOfATable_AreBelowItsWidth() => Assert.That(
        RoleOf(Table, Node("Gather", "table x", "y", Attributes.Int("axis", -1))).Rows, Is.EqualTo(2));

    [Test]
    public void Of_TableInAConstantNodeOrInQuantizedForm_IsFound()
    {
        var constant = Node("Constant", "", "w", new AttributeProto
        {
            Name = "value",
            Type = AttributeProto.Types.AttributeType.Tensor,
            T = Table,
        });
        Assert.That(RoleOf(constant, Node("Gather", "w x", "y")).Rows, Is.EqualTo(7));
        Assert.That(
            RoleOf(Table, Node("DequantizeLinear", "table s z", "w"), Node("Gather", "w x", "y")).Rows, Is.EqualTo(7));
    }

    [Test]
    public void Of_SeveralTables_TheSmallestCounts()
    {
        var small = Tensors.Float("small", [3, 2], new float[6]);
        var role = RoleOf(Table, small, Node("Gather", "table x", "a"), Node("Gather", "small x", "y"));
        Assert.That((role.Rows, role.Table!.Name), Is.EqualTo((3L, "small")));
    }

    [Test]
    public void Of_TableThatIsComputed_HasOneRowForSure() =>
        Assert.That(RoleOf(Node("Relu", "x", "t"), Node("Gather", "t x", "y")).Rows, Is.EqualTo(1));

    [TestCase("Loop", "m c x", "i cond inner")]
    [TestCase("Loop", "m c other", "i cond unused", "x")]
    [TestCase("Scan", "x", "inner")]
    [TestCase("If", "c", "", "x")]
    public void Of_IdsInsideANode_AreFollowed(string op, string inputs, string bodyInputs, string read = "inner")
    {
        var body = Graph(Node("Gather", $"table {read}", "row"));
        body.Input.AddRange(bodyInputs.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Value(name, DataType.Int64)));
        Assert.That(RoleOf(Table, Node(op, inputs, "y", Inner("body", body))).Rows, Is.EqualTo(7));
    }

    [TestCase("LSTM", "a w r b x")]
    [TestCase("GRU", "a w r b x")]
    [TestCase("ReverseSequence", "a x")]
    public void Of_Lengths_AreSeen(string op, string inputs) =>
        Assert.That(RoleOf(Node(op, inputs, "y")).IsLength);

    [Test]
    public void Of_Masks_AreSeen() => Assert.Multiple(() =>
    {
        var one = Tensors.Float("one", [], [1]);
        Assert.That(RoleOf(Node("Cast", "x", "y", Attributes.Int("to", 9))).IsMask, "cast to bool");
        Assert.That(RoleOf(Node("Where", "x a b", "y")).IsMask, "a condition");
        Assert.That(RoleOf(one, Node("Cast", "x", "f", Attributes.Int("to", 1)), Node("Sub", "one f", "y")).IsMask);
        Assert.That(RoleOf(one, Node("Sub", "x one", "y")).IsMask, Is.False, "the other way round");
        Assert.That(RoleOf(Node("Cast", "x", "y", Attributes.Int("to", 1))).IsMask, Is.False);
    });

    [Test]
    public void Of_ComparedConstants_AreChoices() => Assert.That(
        RoleOf(
            Tensors.Int64("k", [], [16000]), Tensors.Int64("l", [], [8000]), Node("Equal", "x k", "a"),
            Node("Equal", "l x", "y")).Choices,
        Is.EqualTo([8000.0, 16000.0]));

    [Test]
    public void Of_Sizes_AreSeen() => Assert.Multiple(() =>
    {
        Assert.That(RoleOf(Node("Reshape", "a x", "y")).IsSize);
        Assert.That(RoleOf(Node("Range", "a x b", "y")).IsSize);
        Assert.That(RoleOf(Node("Reshape", "x a", "y")).IsSize, Is.False);
    });

    [Test]
    public void Of_InputThatNothingReads_HasNoRole() =>
        Assert.That(RoleOf(Node("Relu", "other", "y")), Is.EqualTo(new InputRole()).Using<InputRole, InputRole>(
            (a, b) => (a with { Choices = b.Choices }) == b && a.Choices.Count == 0));

    private static InputRole RoleOf(params object[] parts) =>
        InputRoles.Of(new GraphScope(Graph([Value("x", DataType.Int64, "n"), .. parts])), "x");
}
