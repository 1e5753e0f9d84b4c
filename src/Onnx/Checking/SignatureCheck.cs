using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Operators that exist, with as many inputs and outputs and with the attributes that they allow.</summary>
internal static class SignatureCheck
{
    internal static void Run(GraphProto graph, OperatorTable operators, int? opset, ProblemList problems)
    {
        for (var index = 0; index < graph.Node.Count; index++)
        {
            var node = graph.Node[index];
            var place = NodeContext.PlaceOf(node, index);
            var expected = operators.DomainOf(node.OpType);
            if (node.Domain != expected && !(Domains.IsStandard(node.Domain) && Domains.IsStandard(expected)))
            {
                problems.Name($"{place} is of domain '{node.Domain}', but '{expected}' was expected.");
            }
            else if (opset is { } version && operators.Find(node.OpType, version) is { } definition)
            {
                CheckCount(place, "input", node.Input, definition.Inputs, problems, definition.Optional);
                CheckCount(place, "output", node.Output, definition.Outputs, problems);
                CheckAttributes(node, place, definition, problems);
            }
            else if (opset is not null)
            {
                problems.Name(
                    $"{place} has an operator that this check does not know; expected one of " +
                    $"{string.Join(", ", operators.Names)}.");
            }
        }
    }

    private static void CheckCount(
        string place, string kind, IList<string> names, Range allowed, ProblemList problems,
        IReadOnlyList<int>? optional = null)
    {
        var (fewest, most) = (allowed.Start.Value, allowed.End.Value);
        if (names.Count < fewest || names.Count > most)
        {
            var expected = fewest == most ? $"{fewest}"
                : most == int.MaxValue ? $"at least {fewest}"
                : $"{fewest} to {most}";
            problems.Type($"{place} has {names.Count} {kind}s, but {expected} were expected.");
        }

        for (var i = 0; i < Math.Min(fewest, names.Count); i++)
        {
            if (names[i].Length == 0 && optional?.Contains(i) != true)
            {
                problems.Type($"{place} leaves out its {kind} {i}, but the first {fewest} were expected to be there.");
            }
        }
    }

    private static void CheckAttributes(
        NodeProto node, string place, OperatorDefinition definition, ProblemList problems)
    {
        foreach (var name in FormatCheck.Duplicates(node.Attribute.Select(attribute => attribute.Name)))
        {
            problems.Type($"{place} has the attribute '{name}' twice, but once was expected.");
        }

        foreach (var attribute in node.Attribute)
        {
            CheckAttribute(attribute, place, definition, problems);
        }

        var present = node.Attribute.Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in definition.Attributes.Where(known => known.Required && !present.Contains(known.Name)))
        {
            problems.Type($"{place} has no attribute '{missing.Name}', but it was expected: it has no default.");
        }
    }

    private static void CheckAttribute(
        AttributeProto attribute, string place, OperatorDefinition definition, ProblemList problems)
    {
        var known = definition.Attributes.FirstOrDefault(candidate => candidate.Name == attribute.Name);
        if (known is null)
        {
            var names = definition.Attributes.Count == 0
                ? "none"
                : string.Join(", ", definition.Attributes.Select(a => a.Name));
            problems.Type($"{place} has the attribute '{attribute.Name}', but only these were expected: {names}.");
        }
        else if (attribute.Type != known.Type)
        {
            problems.Type(
                $"{place} has the attribute '{attribute.Name}' of type {attribute.Type}, but {known.Type} was " +
                "expected.");
        }
        else if (!HoldsItsType(attribute))
        {
            problems.Type(
                $"{place} has the attribute '{attribute.Name}' without a value, but one of type {known.Type} was " +
                "expected.");
        }
    }

    // A list may be empty; a single value that is absent would be read as 0 or "".
    private static bool HoldsItsType(AttributeProto attribute) => attribute.Type switch
    {
        AttributeType.Int => attribute.HasI,
        AttributeType.Float => attribute.HasF,
        AttributeType.String => attribute.HasS,
        _ => true,
    };
}
