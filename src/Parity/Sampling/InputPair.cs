using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>Inputs of two files that are given the same values; null where one file has no such input.</summary>
internal sealed record InputPair(GraphInput? Actual, GraphInput? Expected)
{
    /// <summary>Either input, the checked file's first.</summary>
    internal GraphInput Any => Actual ?? Expected!;

    /// <summary>The coarser of the two types, whose values the other one takes unchanged.</summary>
    internal DataType Element => Actual is null || Expected is null || Width(Actual.Element) <= Width(Expected.Element)
        ? Any.Element
        : Expected.Element;

    /// <summary>
    /// Matches inputs by name, and what is left by position. One file may lack inputs of the other, as optimizers drop
    /// those that nothing reads.
    /// </summary>
    /// <exception cref="InvalidInputException">They cannot be matched.</exception>
    internal static IReadOnlyList<InputPair> Match(
        IReadOnlyList<GraphInput> actual, IReadOnlyList<GraphInput> expected, string actualFile, string expectedFile)
    {
        GraphInput?[] partners = [.. actual.Select(a => expected.FirstOrDefault(e => e.Name == a.Name))];
        var left = expected.Except(partners.OfType<GraphInput>()).ToList();
        var missing = partners.Count(partner => partner is null);
        if (missing > 0 && left.Count > 0)
        {
            var next = missing == left.Count
                ? new Queue<GraphInput>(left)
                : throw NoMatch(actual, expected, actualFile, expectedFile, "");
            partners = Array.ConvertAll(partners, partner => partner ?? next.Dequeue());
            left = [];
        }

        InputPair[] pairs =
        [
            .. actual.Zip(partners, (a, e) => new InputPair(a, e)),
            .. left.Select(e => new InputPair(null, e)),
        ];
        return Array.Find(pairs, pair => !pair.Fits) is { } wrong
            ? throw NoMatch(
                actual, expected, actualFile, expectedFile, $" {wrong.Actual} and {wrong.Expected} do not take the " +
                    "same.")
            : pairs;
    }

    private bool Fits => Actual is null || Expected is null
        || (KindOf(Actual.Element) == KindOf(Expected.Element)
            && (Actual.Shape is null || Expected.Shape is null || Actual.Shape.Count == Expected.Shape.Count));

    private static InvalidInputException NoMatch(
        IReadOnlyList<GraphInput> actual, IReadOnlyList<GraphInput> expected, string actualFile, string expectedFile,
        string reason) => new(
        $"The inputs cannot be matched by name or position:{reason} {actualFile} has {List(actual)}, " +
        $"{expectedFile} has {List(expected)}; export both with the same inputs.");

    private static string List(IReadOnlyList<GraphInput> inputs) =>
        inputs.Count == 0 ? "none" : string.Join(", ", inputs);

    private static string KindOf(DataType type) => type switch
    {
        _ when TensorValues.IsReal(type) => "real",
        _ when TensorValues.IsInteger(type) => "integer",
        _ => GraphInput.NameOf(type),
    };

    private static int Width(DataType type) => type switch
    {
        DataType.Bfloat16 or DataType.Int8 or DataType.Uint8 => 1,
        DataType.Float16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        _ => 8,
    };
}

/// <summary>What both files are given in one run.</summary>
/// <param name="Name">For reports: sizes and seed, or the name of a folder.</param>
/// <param name="Actual">The inputs of the checked file.</param>
/// <param name="Expected">Those of the other one.</param>
internal sealed record InputSet(string Name, IReadOnlyList<NamedTensor> Actual, IReadOnlyList<NamedTensor> Expected);
