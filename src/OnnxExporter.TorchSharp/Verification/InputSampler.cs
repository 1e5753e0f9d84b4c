using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Makes seeded random inputs: normal numbers, whole ones in their range, Booleans of which a quarter is true.
/// </summary>
/// <param name="exported">The module and its graph.</param>
/// <param name="wayOut">What helps where no input can be made, for messages.</param>
internal sealed class InputSampler(ExportedModule exported, string wayOut = "switch the verification off")
{
    // These keep ids what they are on their way from an input to a table.
    private static readonly HashSet<string> Carriers = new(StringComparer.Ordinal)
    {
        Operators.Cast, Operators.Transpose, Operators.Reshape, Operators.Unsqueeze, Operators.Squeeze,
        Operators.Slice, Operators.Identity,
    };

    /// <summary>Inputs of the given sizes, in the order of the module's; null for one that is left out.</summary>
    internal IReadOnlyList<NamedTensor?> Sample(int seed, IReadOnlyDictionary<string, long> sizes)
    {
        var random = new Random(seed);
        return [.. exported.Inputs.Select((input, port) => input is null ? null : Sample(random, input, port, sizes))];
    }

    private NamedTensor Sample(Random random, OnnxInput input, int port, IReadOnlyDictionary<string, long> sizes)
    {
        long[] shape = [.. input.Shape.Select(dimension => SizePlan.SizeOf(dimension, sizes))];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        Array values = input.Type switch
        {
            ScalarType.Float32 => NormalNumbers.Values(random, count),
            ScalarType.Int64 => Whole(random, count, RangeOf(input, port, sizes)),
            ScalarType.Int32 => Array.ConvertAll(Whole(random, count, RangeOf(input, port, sizes)), id => (int)id),
            ScalarType.Bool => Booleans(random, count, shape.Length == 0 ? 1 : shape[^1]),
            _ => throw new InvalidInputException(
                $"The input '{input.Name}' is of {input.Type}, but only Float32, Int64, Int32 and Bool can be " +
                $"verified: {wayOut}."),
        };
        return new(input.Name, shape, values);
    }

    private static long[] Whole(Random random, long count, (long Minimum, long Maximum) range) =>
        [.. Enumerable.Range(0, (int)count).Select(_ => random.NextInt64(range.Minimum, range.Maximum + 1))];

    // The first of a row is false, so that no row of a mask blocks everything.
    private static bool[] Booleans(Random random, long count, long columns) =>
        [.. Enumerable.Range(0, (int)count).Select(i => random.Next(4) == 0 && i % columns > 0)];

    private (long Minimum, long Maximum) RangeOf(OnnxInput input, int port, IReadOnlyDictionary<string, long> sizes)
    {
        if (input.Range is { } range)
        {
            return range;
        }

        if (input.UpTo is { } dimension)
        {
            return (1, sizes.TryGetValue(dimension, out var size) ? size : throw new InvalidInputException(
                $"The input '{input.Name}' goes up to '{dimension}', but no dimension has this name: " +
                $"{string.Join(", ", sizes.Keys)} were expected."));
        }

        if (exported.Converter?.Ports[port].Name == RecurrentConverters.Lengths)
        {
            var x = exported.Inputs[0]!.Shape;
            var time = RecurrentProbe.IsBatchFirst(exported.Module) ? x[1] : x[0];
            return (1, SizePlan.SizeOf(time, sizes));
        }

        return TableSize(exported.Model.Graph, input.Name) is { } rows
            ? (0, rows - 1)
            : throw new InvalidInputException(
                $"The input '{input.Name}' holds whole numbers that no embedding looks up, so that their range is " +
                $"not known: set Range or UpTo of the OnnxInput, or {wayOut}.");
    }

    private static long? TableSize(GraphProto graph, string input)
    {
        var constants = graph.Initializer.ToDictionary(
            tensor => tensor.Name, tensor => tensor.Dims, StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal) { input };
        long? smallest = null;
        foreach (var node in graph.Node)
        {
            if (Carriers.Contains(node.OpType) && ids.Contains(node.Input[0]))
            {
                ids.UnionWith(node.Output);
            }
            else if (node.OpType == Operators.Gather && ids.Contains(node.Input[1])
                && constants.TryGetValue(node.Input[0], out var table))
            {
                smallest = Math.Min(smallest ?? table[0], table[0]);
            }
        }

        return smallest;
    }
}
