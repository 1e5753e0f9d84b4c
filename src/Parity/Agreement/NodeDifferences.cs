using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>In what two nodes that compute the same value differ: attributes, and constants that they read.</summary>
internal static class NodeDifferences
{
    private const int LongestAttribute = 100;

    internal static IEnumerable<string> Of(
        ValuePair pair, WatchedGraph actual, WatchedGraph expected, ValueComparer comparer)
    {
        var (node, other) = (pair.ActualNode, pair.ExpectedNode);
        return node.OpType != other.OpType
            ? []
            : Attributes(node, other, actual.Name, expected.Name)
                .Concat(Constants(node, other, actual, expected, comparer));
    }

    private static IEnumerable<string> Attributes(NodeProto node, NodeProto other, string actual, string expected)
    {
        string[] found = [.. ModelInspector.Describe(node).Attributes];
        string[] right = [.. ModelInspector.Describe(other).Attributes];
        return found.Except(right).Select(attribute => $"Only {actual} has the attribute {Cut(attribute)}.")
            .Concat(right.Except(found).Select(attribute => $"Only {expected} has the attribute {Cut(attribute)}."));
    }

    private static string Cut(string attribute) =>
        attribute.Length <= LongestAttribute ? attribute : $"{attribute[..LongestAttribute]}…";

    private static IEnumerable<string> Constants(
        NodeProto node, NodeProto other, WatchedGraph actual, WatchedGraph expected, ValueComparer comparer)
    {
        foreach (var (found, right) in node.Input.Zip(other.Input))
        {
            if (TensorOf(actual, found) is { } a && TensorOf(expected, right) is { } e
                && ValueComparer.AreOfOneKind(a, e) && comparer.Compare(a, e).Difference is { } difference)
            {
                yield return $"Its constant '{found}' differs: {difference}.";
            }
        }

        if (node.Input.Count != other.Input.Count)
        {
            yield return $"It reads {node.Input.Count} values in {actual.Name}, {other.Input.Count} in " +
                $"{expected.Name}.";
        }
    }

    // Weights in other files are not opened.
    private static NamedTensor? TensorOf(WatchedGraph model, string name)
    {
        try
        {
            return model.Scope.ConstantOf(name) is { } constant ? NamedTensor.FromProto(constant) : null;
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }
}
