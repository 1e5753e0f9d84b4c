using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>Replaces <c>If</c> nodes by one of their branches.</summary>
internal static class BranchInlining
{
    /// <summary>A model in which each node is replaced by the branch of its condition.</summary>
    internal static ModelProto Inline(ModelProto model, IReadOnlyDictionary<NodeProto, bool> conditions)
    {
        var taken = NamesOf(model.Graph).ToHashSet(StringComparer.Ordinal);
        var (nodes, constants) = (new List<NodeProto>(), new List<TensorProto>());
        var nodeNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in model.Graph.Node)
        {
            // By reference: two nodes may be equal in all of their fields.
            var entry = conditions.FirstOrDefault(condition => ReferenceEquals(condition.Key, node));
            if (entry.Key is not null && BranchOf(node, entry.Value) is { } branch)
            {
                Inline(node, branch.Clone(), taken, nodes, constants);
            }
            else
            {
                nodes.Add(node.Clone());
            }
        }

        var result = model.Clone();
        result.Graph.Node.Clear();
        result.Graph.Node.AddRange(nodes.Select(WithOwnName));
        result.Graph.Initializer.AddRange(constants);
        return result;

        // ONNX Runtime refuses two nodes of one name, but not nodes without.
        NodeProto WithOwnName(NodeProto node)
        {
            if (node.Name.Length > 0 && !nodeNames.Add(node.Name))
            {
                node.ClearName();
            }

            return node;
        }
    }

    private static GraphProto? BranchOf(NodeProto node, bool condition)
    {
        var name = condition ? "then_branch" : "else_branch";
        return node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.G;
    }

    private static void Inline(
        NodeProto node, GraphProto branch, HashSet<string> taken, List<NodeProto> nodes, List<TensorProto> constants)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in NamesOf(branch).Distinct().Where(name => !taken.Add(name)))
        {
            var other = name;
            while (!taken.Add(other))
            {
                other += "'";
            }

            names[name] = other;
        }

        Rename(branch, names);
        nodes.AddRange(branch.Node);
        constants.AddRange(branch.Initializer);
        foreach (var (inner, outer) in branch.Output.Zip(node.Output).Where(pair => pair.Second.Length > 0))
        {
            nodes.Add(new NodeProto { OpType = "Identity", Input = { inner.Name }, Output = { outer } });
        }
    }

    // What a graph defines: branches of different nodes may use one name for different values.
    private static IEnumerable<string> NamesOf(GraphProto graph) => graph.Initializer.Select(tensor => tensor.Name)
        .Concat(graph.Input.Select(input => input.Name))
        .Concat(graph.Node.SelectMany(node => node.Output).Where(output => output.Length > 0));

    private static void Rename(GraphProto graph, Dictionary<string, string> names)
    {
        foreach (var tensor in graph.Initializer)
        {
            tensor.Name = names.GetValueOrDefault(tensor.Name, tensor.Name);
        }

        foreach (var value in graph.Output)
        {
            value.Name = names.GetValueOrDefault(value.Name, value.Name);
        }

        foreach (var node in graph.Node)
        {
            Rename(node.Input, names);
            Rename(node.Output, names);
            foreach (var inner in GraphScope.GraphsOf(node))
            {
                Rename(inner, names);
            }
        }
    }

    private static void Rename(IList<string> values, Dictionary<string, string> names)
    {
        for (var i = 0; i < values.Count; i++)
        {
            values[i] = names.GetValueOrDefault(values[i], values[i]);
        }
    }
}
