using System.Globalization;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>A value inside two graphs, and the nodes that compute it.</summary>
/// <param name="Actual">Its name in the checked graph.</param>
/// <param name="Expected">Its name in the other one.</param>
/// <param name="ActualNode">The node of the checked graph.</param>
/// <param name="ExpectedNode">That of the other one.</param>
/// <param name="IsCertain">Whether both are computed from the inputs by the same operators.</param>
internal sealed record ValuePair(
    string Actual, string Expected, NodeProto ActualNode, NodeProto ExpectedNode, bool IsCertain);

/// <summary>
/// Finds values of two graphs that mean the same: by what computes them from the inputs, then by name, then by position
/// where the graphs have as many nodes.
/// </summary>
internal sealed class ValuePairs
{
    // Of the nodes at the same positions, the share that has to be the same operators.
    private const double SameOperators = 0.8;

    private readonly IReadOnlyList<StructuredValue> _actual;
    private readonly IReadOnlyList<StructuredValue> _expected;
    private readonly Dictionary<string, StructuredValue> _partners = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private ValuePairs(IReadOnlyList<StructuredValue> actual, IReadOnlyList<StructuredValue> expected) =>
        (_actual, _expected) = (actual, expected);

    /// <summary>The pairs in the order in which the checked graph computes them.</summary>
    internal static IReadOnlyList<ValuePair> Match(
        GraphScope actual, GraphScope expected, IReadOnlyList<InputPair> inputs,
        IReadOnlyList<(string Actual, string Expected)> outputs)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = new ValuePairs(
            GraphStructure.ValuesOf(actual, Names(inputs.Select(pair => pair.Actual)), ids),
            GraphStructure.ValuesOf(expected, Names(inputs.Select(pair => pair.Expected)), ids));
        pairs.PairOutputs(outputs);
        pairs.PairByStructure();
        pairs.PairByName();
        pairs.PairByPosition();
        return [.. from value in pairs._actual
                   let partner = pairs._partners.GetValueOrDefault(value.Name)
                   where partner is not null
                   select new ValuePair(
                       value.Name, partner.Name, value.Node, partner.Node, value.Structure == partner.Structure)];
    }

    private static IReadOnlyList<string> Names(IEnumerable<GraphInput?> inputs) =>
        [.. inputs.Select(input => input?.Name ?? "")];

    private void PairOutputs(IReadOnlyList<(string Actual, string Expected)> outputs)
    {
        foreach (var (actual, expected) in outputs)
        {
            Pair(
                _actual.FirstOrDefault(value => value.Name == actual),
                _expected.FirstOrDefault(value => value.Name == expected));
        }
    }

    private void PairByStructure()
    {
        var byName = _expected.ToDictionary(value => value.Name, StringComparer.Ordinal);
        foreach (var value in _actual)
        {
            if (byName.TryGetValue(value.Name, out var same) && same.Structure == value.Structure)
            {
                Pair(value, same);
            }
        }

        var others = _expected.Where(value => !_taken.Contains(value.Name)).ToLookup(value => value.Structure);
        foreach (var group in _actual.Where(IsOpen).ToList().GroupBy(value => value.Structure))
        {
            if (group.Count() == others[group.Key].Count())
            {
                foreach (var (value, other) in group.Zip(others[group.Key]))
                {
                    Pair(value, other);
                }
            }
        }
    }

    // Numbers are names that exporters give in the order of their work: they mean nothing in another file.
    private void PairByName()
    {
        var byName = _expected.ToDictionary(value => value.Name, StringComparer.Ordinal);
        foreach (var value in _actual.Where(value => !long.TryParse(value.Name, CultureInfo.InvariantCulture, out _)))
        {
            Pair(value, byName.GetValueOrDefault(value.Name));
        }
    }

    private void PairByPosition()
    {
        if (_actual.Count != _expected.Count)
        {
            return;
        }

        var same = _actual.Zip(_expected).Count(pair => pair.First.Node.OpType == pair.Second.Node.OpType);
        if (same >= SameOperators * _actual.Count)
        {
            foreach (var (value, other) in _actual.Zip(_expected))
            {
                Pair(value, other);
            }
        }
    }

    private bool IsOpen(StructuredValue value) => !_partners.ContainsKey(value.Name);

    private void Pair(StructuredValue? value, StructuredValue? other)
    {
        if (value is not null && other is not null && IsOpen(value) && _taken.Add(other.Name))
        {
            _partners[value.Name] = other;
        }
    }
}
