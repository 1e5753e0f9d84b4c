using Google.Protobuf;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Changes of what a node is told.</summary>
internal static class AttributeMutation
{
    private static readonly Dictionary<string, string[]> Choices = new(StringComparer.Ordinal)
    {
        ["direction"] = ["forward", "reverse", "bidirectional"],
        ["activations"] = ["Tanh", "Relu", "Sigmoid"],
        ["case_change_action"] = ["LOWER", "UPPER", "NONE"],
    };

    /// <summary>Changes or removes one attribute of one node.</summary>
    internal static Mutation Change(ModelProto model, Random random)
    {
        var places = model.Graph.Node
            .SelectMany(node => node.Attribute.Select(attribute => (Node: node, Attribute: attribute))).ToList();
        while (true)
        {
            var (node, attribute) = places[random.Next(places.Count)];
            var before = attribute.ToByteString();
            var how = "changed";
            if (random.Next(5) == 0)
            {
                node.Attribute.Remove(attribute);
                how = "removed";
            }
            else
            {
                ChangeValue(attribute, random);
            }

            if (how == "removed" || !attribute.ToByteString().Equals(before))
            {
                return new(
                    Mutation.AttributeChanged, $"{attribute.Name} of node '{node.Name}' ({node.OpType}) {how}",
                    $"{node.OpType}'s {attribute.Name} {how}");
            }
        }
    }

    private static void ChangeValue(AttributeProto attribute, Random random)
    {
        var step = random.Next(2) == 0 ? 1 : -1;
        switch (attribute.Type)
        {
            case AttributeType.Int:
                attribute.I += step * (random.Next(4) == 0 ? 2 : 1);
                break;
            case AttributeType.Float:
                attribute.F = (attribute.F * 2) + 0.5f;
                break;
            case AttributeType.String:
                attribute.S = Other(attribute.Name, attribute.S.ToStringUtf8(), random);
                break;
            case AttributeType.Ints when attribute.Ints.Count > 0:
                ChangeElement(attribute, step, random);
                break;
            case AttributeType.Strings when attribute.Strings.Count > 0:
                var index = random.Next(attribute.Strings.Count);
                attribute.Strings[index] = Other(attribute.Name, attribute.Strings[index].ToStringUtf8(), random);
                break;
        }
    }

    private static void ChangeElement(AttributeProto attribute, int step, Random random)
    {
        var (a, b) = (random.Next(attribute.Ints.Count), random.Next(attribute.Ints.Count));
        if (random.Next(2) == 0)
        {
            attribute.Ints[a] += step;
            return;
        }

        (attribute.Ints[a], attribute.Ints[b]) = (attribute.Ints[b], attribute.Ints[a]);
    }

    private static ByteString Other(string name, string text, Random random)
    {
        if (Choices.TryGetValue(name, out var choices))
        {
            return ByteString.CopyFromUtf8(choices[random.Next(choices.Length)]);
        }

        var digits = Enumerable.Range(0, text.Length).Where(i => char.IsAsciiHexDigit(text[i])).ToList();
        if (name != "tokenexp" || digits.Count == 0)
        {
            return ByteString.CopyFromUtf8(text + (char)('a' + random.Next(26)));
        }

        var at = digits[random.Next(digits.Count)];
        return ByteString.CopyFromUtf8($"{text[..at]}{random.Next(16):X}{text[(at + 1)..]}");
    }
}
