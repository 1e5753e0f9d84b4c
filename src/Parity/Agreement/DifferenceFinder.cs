using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// Finds the first value inside two graphs that differs: both are loaded once more with their inner values visible.
/// </summary>
internal sealed class DifferenceFinder(
    WatchedGraph actual, WatchedGraph expected, IReadOnlyList<ValuePair> pairs, ValueComparer comparer)
{
    // Values that one run returns; a graph of many is run part by part, so that memory does not hold all at once.
    private const int ValuesAtOnce = 64;

    private readonly Dictionary<string, ComparedValue> _compared = new(StringComparer.Ordinal);

    /// <summary>The first difference, or why none was found.</summary>
    /// <exception cref="InvalidInputException">ONNX Runtime refuses a graph with its inner values visible.</exception>
    /// <exception cref="InvalidOperationException">It cannot compute them.</exception>
    internal (FirstDifference? First, string WhyNot) Find(InputSet inputs, CancellationToken cancellation)
    {
        using var watched = actual.Open(pairs.Select(pair => pair.Actual));
        using var reference = expected.Open(pairs.Select(pair => pair.Expected));
        foreach (var chunk in pairs.Chunk(ValuesAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            var found = watched.TryRun(inputs.Actual, [.. chunk.Select(pair => pair.Actual)]);
            var right = reference.TryRun(inputs.Expected, [.. chunk.Select(pair => pair.Expected)]);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (Compare(chunk[i], found[i], right[i]) is { } difference)
                {
                    return (Describe(chunk[i], difference), "");
                }
            }
        }

        return (null, _compared.Count == 0
            ? "No value inside one graph could be matched with one of the other."
            : $"All {_compared.Count} values that could be matched agree once they are visible, " +
                "when ONNX Runtime fuses fewer operators: its optimizations may cause the difference. " +
                "Try --optimization none.");
    }

    // What differs in shape or kind without doubt about the pair is a difference; else the pair was none.
    private string? Compare(ValuePair pair, NamedTensor? found, NamedTensor? right)
    {
        if (found is null || right is null)
        {
            return null;
        }

        var isPair = ValueComparer.AreOfOneKind(found, right) && found.Shape.SequenceEqual(right.Shape);
        if (!isPair && !pair.IsCertain && !actual.Outputs.Contains(pair.Actual))
        {
            return null;
        }

        if (!ValueComparer.AreOfOneKind(found, right) && !actual.Outputs.Contains(pair.Actual))
        {
            return null;
        }

        var comparison = comparer.Compare(found, right);
        _compared[pair.Actual] = new(found.Shape, comparison.LargestAbsolute);
        return comparison.Difference;
    }

    private FirstDifference Describe(ValuePair pair, string difference)
    {
        var (node, other) = (pair.ActualNode, pair.ExpectedNode);
        var name = node.Name.Length > 0 ? $" '{node.Name}'" : "";
        var partner = node.OpType == other.OpType && pair.Actual == pair.Expected
            ? ""
            : $"\nIn {expected.Name} it is '{pair.Expected}' of {other.OpType}.";
        var text = $"The first value that differs is '{pair.Actual}' of {node.OpType}{name}: {difference}.{partner}";
        string[] lines =
        [
            text,
            .. NodeDifferences.Of(pair, actual, expected, comparer),
            .. new ValueSources(actual.Scope, _compared).Of(pair.Actual),
        ];
        return new(pair.Actual, node.OpType, string.Join('\n', lines));
    }
}

/// <summary>A value that was compared and agrees.</summary>
internal sealed record ComparedValue(IReadOnlyList<long> Shape, double Largest);
