using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity.Tests;

/// <summary>One change of a model's file.</summary>
/// <param name="Kind">A name of <see cref="Kinds"/>.</param>
/// <param name="Description">What was changed, for messages.</param>
/// <param name="Target">What was changed without its place, for the list of what was not found.</param>
internal sealed record Mutation(string Kind, string Description, string Target)
{
    internal const string BitFlipped = "one bit of one element flipped";
    internal const string RowOverwritten = "one row overwritten";
    internal const string RowsSwapped = "two rows swapped";
    internal const string AttributeChanged = "one attribute changed";
    internal const string InputDropped = "one node's input dropped";

    /// <summary>All kinds, in the order of the table.</summary>
    internal static readonly IReadOnlyList<string> Kinds =
        [BitFlipped, RowOverwritten, RowsSwapped, AttributeChanged, InputDropped];

    // An input without a name ends the process in some of their kernels; one that is not there does not.
    private static readonly string[] Variadic = ["Concat", "Max", "Min"];

    /// <summary>Changes a model; the same arguments always change the same.</summary>
    internal static Mutation Apply(string kind, ModelProto model, Random random) => kind switch
    {
        BitFlipped => InitializerMutation.FlipBit(model, random),
        RowOverwritten => InitializerMutation.OverwriteRow(model, random),
        RowsSwapped => InitializerMutation.SwapRows(model, random),
        AttributeChanged => AttributeMutation.Change(model, random),
        InputDropped => DropInput(model, random),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
    };

    private static Mutation DropInput(ModelProto model, Random random)
    {
        var places = model.Graph.Node
            .SelectMany(node => Enumerable.Range(0, node.Input.Count).Select(input => (Node: node, Input: input)))
            .Where(place => place.Node.Input[place.Input].Length > 0).ToList();
        var (chosen, index) = places[random.Next(places.Count)];
        var name = chosen.Input[index];
        if (Variadic.Contains(chosen.OpType))
        {
            chosen.Input.RemoveAt(index);
        }
        else
        {
            chosen.Input[index] = "";
        }

        return new(
            InputDropped, $"input {index} ('{name}') of node '{chosen.Name}' ({chosen.OpType})",
            $"{chosen.OpType}, input {index}");
    }
}
