using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Every value is made once (static single assignment), before it is used, and every output exists.
/// </summary>
internal static class NameCheck
{
    internal static void Run(GraphProto graph, ProblemList problems)
    {
        CheckUnique("node", graph.Node.Select(node => node.Name), problems);
        CheckUnique("initializer", graph.Initializer.Select(tensor => tensor.Name), problems);
        CheckUnique("input", graph.Input.Select(input => input.Name), problems);
        CheckUnique("output", graph.Output.Select(output => output.Name), problems);
        CheckPresent("initializer", graph.Initializer.Select(tensor => tensor.Name), problems);
        CheckPresent("input", graph.Input.Select(input => input.Name), problems);

        // An initializer may bear an input's name: it is that input's default.
        var known = graph.Input.Select(input => input.Name)
            .Concat(graph.Initializer.Select(tensor => tensor.Name)).ToHashSet(StringComparer.Ordinal);
        CheckNodes(graph, known, problems);
        CheckOutputs(graph, known, problems);
    }

    private static void CheckUnique(string kind, IEnumerable<string> names, ProblemList problems)
    {
        foreach (var name in FormatCheck.Duplicates(names))
        {
            problems.Name($"{kind} '{name}' occurs more than once, but names were expected to be unique.");
        }
    }

    private static void CheckPresent(string kind, IEnumerable<string> names, ProblemList problems)
    {
        var nameless = names.Count(name => name.Length == 0);
        if (nameless > 0)
        {
            problems.Name($"{nameless} {kind}(s) have no name, but every {kind} was expected to have one.");
        }
    }

    private static void CheckNodes(GraphProto graph, HashSet<string> known, ProblemList problems)
    {
        var producers = Producers(graph);
        for (var index = 0; index < graph.Node.Count; index++)
        {
            var node = graph.Node[index];
            var place = NodeContext.PlaceOf(node, index);
            foreach (var input in node.Input.Where(input => input.Length > 0 && !known.Contains(input)))
            {
                problems.Name(producers.TryGetValue(input, out var producer)
                    ? $"{place} uses '{input}' before {NodeContext.PlaceOf(graph.Node[producer], producer)} makes " +
                        "it, but nodes were expected in an order in which they can run."
                    : $"{place} uses '{input}', which nothing makes; an input, an initializer or an earlier node's " +
                        "output was expected.");
            }

            foreach (var output in node.Output.Where(output => output.Length > 0 && !known.Add(output)))
            {
                problems.Name(
                    $"{place} makes '{output}', which exists already, but every value was expected to be made once.");
            }
        }
    }

    private static Dictionary<string, int> Producers(GraphProto graph)
    {
        var producers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < graph.Node.Count; index++)
        {
            foreach (var output in graph.Node[index].Output)
            {
                producers.TryAdd(output, index);
            }
        }

        return producers;
    }

    private static void CheckOutputs(GraphProto graph, HashSet<string> known, ProblemList problems)
    {
        if (graph.Output.Count == 0)
        {
            problems.Name("the graph has no output, but at least one was expected.");
        }

        foreach (var output in graph.Output.Where(output => !known.Contains(output.Name)))
        {
            problems.Name(
                $"output '{output.Name}' is made by nothing; a node's output, an input or an initializer was " +
                "expected.");
        }
    }
}
