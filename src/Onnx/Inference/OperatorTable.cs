using System.Collections.Frozen;

namespace OnnxSentiment.Onnx;

/// <summary>The registered operators of all opsets. Immutable and thread-safe.</summary>
internal sealed class OperatorTable
{
    private readonly FrozenDictionary<string, OperatorDefinition[]> _newestFirst;

    /// <exception cref="ArgumentException">
    /// An operator is registered twice for one opset, or in two domains.
    /// </exception>
    internal OperatorTable(IEnumerable<OperatorDefinition> definitions)
    {
        var byName = definitions.ToLookup(definition => definition.Name, StringComparer.Ordinal);
        Names = [.. byName.Select(group => group.Key).Order(StringComparer.Ordinal)];
        foreach (var group in byName)
        {
            CheckUnique(group.Key, [.. group]);
        }

        _newestFirst = byName.ToFrozenDictionary(
            group => group.Key,
            group => group.OrderByDescending(definition => definition.Since).ToArray(),
            StringComparer.Ordinal);
    }

    /// <summary>All names, in order.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>The signature in an opset, or null for an operator that it does not have.</summary>
    internal OperatorDefinition? Find(string op, int opset) =>
        _newestFirst.GetValueOrDefault(op)?.FirstOrDefault(definition => definition.Since <= opset);

    /// <summary>The domain of an operator; the standard's for one that is not registered.</summary>
    internal string DomainOf(string op) => _newestFirst.GetValueOrDefault(op)?[0].Domain ?? Domains.Standard;

    private void CheckUnique(string name, OperatorDefinition[] definitions)
    {
        var twice = definitions.GroupBy(definition => definition.Since).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException(
                $"The operator '{name}' is registered twice from opset {twice.Key} on; registered are " +
                $"{string.Join(", ", Names)}.");
        }

        var domains = definitions.Select(definition => definition.Domain).Distinct().ToList();
        if (domains.Count > 1)
        {
            throw new ArgumentException(
                $"The operator '{name}' is registered in the domains '{string.Join("' and '", domains)}', but " +
                "belongs to one.");
        }
    }
}
