using static OnnxSentiment.Onnx.Tests.NodeRule;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>
/// Convolution and pooling. The counts are those of PyTorch's formula
/// (https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool1d.html): with ceil_mode a last window that would
/// start in the padding after the data is left out.
/// </summary>
public sealed class WindowOperatorsTests
{
    private static readonly TestCaseData[] Sound = Cases(
        ("rounded down", g => Pool(g, 10, kernel: 3, stride: 2), "Float [2, 4, 4]"),
        ("rounded up", g => Pool(g, 10, kernel: 3, stride: 2, ceil: true), "Float [2, 4, 5]"),
        ("rounded up where it fits", g => Pool(g, 9, kernel: 3, stride: 2, ceil: true), "Float [2, 4, 4]"),
        ("last window at the end of the data", g => Pool(g, 6, kernel: 1, stride: 3, ceil: true), "Float [2, 4, 2]"),
        ("last window on the last position", g => Pool(g, 7, kernel: 1, stride: 3, ceil: true), "Float [2, 4, 3]"),
        ("last window in the padding", g => Pool(g, 3, kernel: 2, stride: 2, 1, 1, ceil: true), "Float [2, 4, 2]"),
        ("last window before the padding", g => Pool(g, 4, kernel: 2, stride: 2, 1, 1, ceil: true), "Float [2, 4, 3]"),
        ("window as long as the data", g => Pool(g, 3, kernel: 3, stride: 1), "Float [2, 4, 1]"),
        ("pads before alone", g => Pool(g, 5, kernel: 3, stride: 1, before: 2), "Float [2, 4, 5]"),
        ("name that stays", g => Pool(g, "n", kernel: 3, stride: 1, before: 2), "Float [2, 4, n]"),
        ("name that shrinks", g => Pool(g, "n", kernel: 3, stride: 1, before: 1), "Float [2, 4, ?]"),
        ("name in strides", g => Pool(g, "n", kernel: 3, stride: 2, 1, 1), "Float [2, 4, ?]"),

        // Heights 9 + 1 + 3 - 3 over 2, widths 7 + 2 + 4 - 2 over 1: all pads before come first.
        ("order of the pads", g => g.MaxPool("y", X(g, 2, 4, 9, 7), new([3, 2], [2, 1], [1, 2, 3, 4], [1, 1]), false),
            "Float [2, 4, 6, 12]"),
        ("dilation", g => g.MaxPool("y", X(g, 2, 4, 10), new([3], [1], [0, 0], [2]), ceil: false), "Float [2, 4, 6]"),
        ("means", g => g.AveragePool("y", X(g, 2, 4, 10), new([3], [2], [0, 0], [1]), ceil: true, countPads: false),
            "Float [2, 4, 5]"),
        ("strides of 1 by default",
            g => g.Add("y", Operators.MaxPool, [X(g, 2, 4, 10)], Attributes.Ints("kernel_shape", 3)),
            "Float [2, 4, 8]"),
        ("convolution", g => Conv(g, [6, 4, 3], bias: 6), "Float [2, 6, 8]"),
        ("convolution in groups", g => Conv(g, [6, 2, 3], bias: 6, groups: 2), "Float [2, 6, 8]"));

    private static readonly TestCaseData[] Unsound = Cases(
        ("window longer than the data by one", g => Pool(g, 2, kernel: 3, stride: 1), "window of 3"),
        ("dilated window longer than the data",
            g => g.MaxPool("y", X(g, 2, 4, 4), new([3], [1], [0, 0], [2]), ceil: false), "window of 5"),
        ("no stride", g => Pool(g, 5, kernel: 3, stride: 0), "window of 3"),
        ("pads of one side", g => g.MaxPool("y", X(g, 2, 4, 4), new([3], [1], [0], [1]), ceil: false), "1 pads"),
        ("strides of other dimensions",
            g => g.MaxPool("y", X(g, 2, 4, 4), new([3], [1, 1], [0, 0], [1]), ceil: false), "2 strides"),
        ("other channels in groups", g => Conv(g, [6, 2, 3], bias: 6, groups: 3), "in 3 group(s)"),
        ("bias of the input's channels", g => Conv(g, [6, 4, 3], bias: 4), "[4] as input 2"));

    [TestCaseSource(nameof(Sound))]
    public void Add_Node_GivesTypeAndShape(Func<GraphBuilder, string> add, string expected) =>
        AssertGives(add, expected);

    [TestCaseSource(nameof(Unsound))]
    public void Add_NodeThatDoesNotFit_Refused(Func<GraphBuilder, string> add, string words) =>
        AssertRefuses(add, words);

    private static string Pool(
        GraphBuilder graph, Dimension size, long kernel, long stride, long before = 0, long after = 0,
        bool ceil = false) =>
        graph.MaxPool("y", X(graph, 2, 4, size), new([kernel], [stride], [before, after], [1]), ceil);

    private static string Conv(GraphBuilder graph, long[] weights, long bias, long groups = 1) => graph.Conv(
        "y", X(graph, 2, 4, 10), Floats(graph, "w", weights), Floats(graph, "b", bias),
        new([weights[2]], [1], [0, 0], [1]), groups);
}
