namespace OnnxSentiment.Onnx.Tests;

public class WrappedTableTests
{
    private static readonly string[][] Rows =
    [
        ["Conv", "layer1/conv/a_long_name_of_a_node", "some_input, some_weight -> some_output", "strides=[1, 1]"],
        ["If", "", "c -> y", ""],
    ];

    [Test]
    public void Lines_RoomEnough_AreOneARow() => Assert.That(
        WrappedTable.Lines(Rows, 200),
        Is.EqualTo((string[])
        [
            "  Conv  layer1/conv/a_long_name_of_a_node  some_input, some_weight -> some_output  strides=[1, 1]",
            "  If                                       c -> y",
        ]));

    [TestCase(80)]
    [TestCase(60)]
    [TestCase(45)]
    public void Lines_LittleRoom_FitAndLoseNothing(int width)
    {
        var lines = WrappedTable.Lines(Rows, width).ToList();
        Assert.That(lines.Select(line => line.Length), Has.All.AtMost(width));
        Assert.That(
            string.Concat(lines).Where(c => c != ' ').Order(),
            Is.EqualTo(string.Concat(Rows.SelectMany(row => row)).Where(c => c != ' ').Order()));
    }

    [Test]
    public void Lines_NoRoom_KeepNarrowColumns() =>
        Assert.That(WrappedTable.Lines(Rows, 10).ToList(), Has.Count.GreaterThan(4));

    [TestCase("one two three", 8, "one two|three")]
    [TestCase("encoder/layer_norm/add", 14, "encoder/layer_|norm/add")]
    [TestCase("abcdefghij", 4, "abcd|efgh|ij")]
    [TestCase("", 4, "")]
    public void Wrap_Text_CutsWhereItReadsBest(string text, int width, string expected) =>
        Assert.That(string.Join('|', WrappedTable.Wrap(text, width)), Is.EqualTo(expected));
}
