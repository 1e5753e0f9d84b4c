using System.Globalization;

namespace OnnxSentiment.Parity;

/// <summary>What feeds a value, a few levels up, and whether that agrees.</summary>
internal sealed class ValueSources(GraphScope scope, IReadOnlyDictionary<string, ComparedValue> compared)
{
    private const int Levels = 3;
    private const int MostLines = 12;

    internal IEnumerable<string> Of(string value)
    {
        var lines = new List<string>();
        Add(value, 1, lines, []);
        return lines.Count == 0 ? [] : lines.Prepend("It is computed from:");
    }

    private void Add(string value, int level, List<string> lines, HashSet<string> seen)
    {
        if (level > Levels || scope.ProducerOf(value) is not { } node)
        {
            return;
        }

        foreach (var input in node.Input.Where(input => input.Length > 0 && seen.Add(input)))
        {
            if (lines.Count < MostLines)
            {
                lines.Add($"{new string(' ', 2 * level)}'{input}' {Describe(input)}");
                Add(input, level + 1, lines, seen);
            }
        }
    }

    private string Describe(string value)
    {
        if (scope.ConstantOf(value) is { } constant)
        {
            return $"[{string.Join(", ", constant.Dims)}], a constant";
        }

        if (scope.ProducerOf(value) is not { } node)
        {
            return "is given";
        }

        return compared.TryGetValue(value, out var found)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"[{string.Join(", ", found.Shape)}] of {node.OpType}: agrees " +
                $"up to {found.Largest:0.0e+0}")
            : $"of {node.OpType}: not compared";
    }
}
