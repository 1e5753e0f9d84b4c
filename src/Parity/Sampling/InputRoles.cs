using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>
/// Follows an input through the nodes that keep its values, into the graphs inside nodes too, to those that show what
/// it means: the table that ids pick from, the lengths of a recurrent layer, a mask.
/// </summary>
internal sealed class InputRoles
{
    private const long Bool = (long)TensorProto.Types.DataType.Bool;

    private readonly HashSet<(GraphScope, string)> _seen = [];
    private readonly SortedSet<double> _choices = [];
    private InputRole _role = new();

    private InputRoles()
    {
    }

    internal static InputRole Of(GraphScope graph, string input)
    {
        var roles = new InputRoles();
        roles.Follow(graph, input);
        return roles._role with { Choices = [.. roles._choices] };
    }

    private void Follow(GraphScope scope, string value)
    {
        if (value.Length == 0 || !_seen.Add((scope, value)))
        {
            return;
        }

        foreach (var use in scope.UsesOf(value))
        {
            Note(use);
            if (KeepsValues(use))
            {
                foreach (var output in use.Node.Output)
                {
                    Follow(use.Scope, output);
                }
            }

            FollowInside(use);
        }
    }

    // Loop's body takes an iteration and a condition first, as the node takes a count and a condition; Scan's body
    // takes
    // what the node does.
    private void FollowInside(ValueUse use)
    {
        var first = use.Node.OpType switch { "Loop" => 2, "Scan" => 0, _ => int.MaxValue };
        foreach (var body in GraphScope.GraphsOf(use.Node))
        {
            if (use.Index >= first && use.Index < body.Input.Count)
            {
                Follow(use.Scope.ScopeOf(body), body.Input[use.Index].Name);
            }
        }
    }

    private static bool KeepsValues(ValueUse use) => (use.Node.OpType, use.Index) switch
    {
        ("Cast" or "Identity" or "Reshape" or "Squeeze" or "Unsqueeze" or "Transpose" or "Flatten" or "Expand"
            or "Slice" or "Split" or "Tile" or "Pad" or "Gather" or "GatherElements" or "GatherND" or "Dropout"
            or "Clip" or "QuantizeLinear" or "DequantizeLinear", 0) => true,
        ("Concat" or "Max" or "Min", _) => true,
        ("Where", 1 or 2) => true,
        _ => false,
    };

    private void Note(ValueUse use)
    {
        var (scope, node) = (use.Scope, use.Node);
        switch (node.OpType, use.Index)
        {
            case ("Gather" or "GatherElements", 1):
                NoteTable(scope, node.Input[0], AxisOf(node));
                break;
            case ("EmbedLayerNormalization", 0):
                NoteTable(scope, node.Input[2], 0);
                break;
            case ("EmbedLayerNormalization", 1):
                NoteTable(scope, node.Input[4], 0);
                break;
            case ("OneHot", 0):
                NoteRows((long?)scope.NumbersOf(node.Input[1])?[0], null);
                break;
            case ("LSTM" or "GRU" or "RNN" or "DynamicQuantizeLSTM", 4) or ("ReverseSequence", 1):
                _role = _role with { IsLength = true };
                break;
            case ("Cast", 0) when node.Attribute.Any(attribute => attribute.Name == "to" && attribute.I == Bool):
            case ("Where", 0) or ("Not" or "And" or "Or" or "Xor", _):
            case ("Sub", 1) when scope.NumbersOf(node.Input[0]) is [1]:
                _role = _role with { IsMask = true };
                break;
            case ("Equal", _):
                _choices.UnionWith(scope.NumbersOf(node.Input[1 - use.Index]) ?? []);
                break;
            case ("Reshape" or "Expand" or "Tile" or "TopK", 1) or ("Slice", > 0) or ("Range", _)
                or ("ConstantOfShape", _):
                _role = _role with { IsSize = true };
                break;
        }
    }

    private static int AxisOf(NodeProto node) =>
        (int)(node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? 0);

    private void NoteTable(GraphScope scope, string table, int axis)
    {
        var constant = scope.ConstantOf(table);
        var rank = constant?.Dims.Count ?? 0;
        var place = axis < 0 ? axis + rank : axis;
        NoteRows(place >= 0 && place < rank ? constant!.Dims[place] : null, place == 0 ? constant : null);
    }

    // A table that is computed has at least one row.
    private void NoteRows(long? rows, TensorProto? table)
    {
        var count = Math.Max(1, rows ?? 1);
        if (_role.Rows is null || count < _role.Rows)
        {
            _role = _role with { Rows = count, Table = table };
        }
    }
}
