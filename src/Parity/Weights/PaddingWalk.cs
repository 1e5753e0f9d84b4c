using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.ExpectedAttribute;

namespace OnnxSentiment.Parity;

/// <summary>What a graph finds out about padding: mask, lengths, counts; and reductions that leave it out.</summary>
/// <param name="graph">The graph.</param>
/// <param name="ledger">Where constants go.</param>
/// <param name="readIds">Reads the ids that are compared with the padding's.</param>
internal sealed class PaddingWalk(GraphReader graph, WeightLedger ledger, Action<string> readIds)
{
    // From this opset on ReduceMax takes its axes as an input, as ReduceSum does from 13 on.
    private const int AxesAsInput = 18;

    /// <summary>Reads the reduction of one axis and returns what is reduced.</summary>
    internal string ReadReduced(string value, string op, long axis)
    {
        var keep = Number("keepdims", 0, otherwise: 1);
        if (op == Operators.ReduceMax && graph.Opset < AxesAsInput)
        {
            return graph.Read(value, op, 1, [Numbers("axes", axis), keep])[0];
        }

        var inputs = graph.Read(value, op, 2, [keep, Number("noop_with_empty_axes", 0, otherwise: 0)]);
        ledger.Constant(inputs[1], $"axis of {op}", [1], axis);
        return inputs[0];
    }

    /// <summary>Reads values that are replaced where a text has ended, and returns those that are not.</summary>
    internal string ReadMasked(string value, float fill)
    {
        var inputs = graph.Read(value, Operators.Where, 3);
        ReadMask(inputs[0]);
        ledger.Scalar(inputs[2], "in place of padding", fill);
        return inputs[1];
    }

    /// <summary>Reads the tokens of each text, float <c>[batch, 1]</c>.</summary>
    internal void ReadCounts(string value)
    {
        var inputs = graph.Read(value, Operators.Unsqueeze, 2);
        ledger.Constant(inputs[1], "axis of Unsqueeze", [1], 1);
        ReadLengths(graph.Read(inputs[0], Operators.Cast, 1, [Number("to", (long)DataType.Float)])[0]);
    }

    /// <summary>Reads the tokens of each text, int32 <c>[batch]</c>.</summary>
    internal void ReadLengths(string value)
    {
        var ones = ReadReduced(value, Operators.ReduceSum, axis: 1);
        ReadIsToken(graph.Read(ones, Operators.Cast, 1, [Number("to", (long)DataType.Int32)])[0]);
    }

    // Boolean [sequence, batch, 1].
    private void ReadMask(string value)
    {
        var inputs = graph.Read(value, Operators.Unsqueeze, 2);
        ledger.Constant(inputs[1], "axis of Unsqueeze", [1], 2);
        ReadIsToken(graph.Read(inputs[0], Operators.Transpose, 1, [Numbers("perm", 1, 0)])[0]);
    }

    private void ReadIsToken(string value)
    {
        var isPadding = graph.Read(value, Operators.Not, 1)[0];
        var inputs = graph.Read(isPadding, Operators.Equal, 2);
        ledger.Constant(inputs[1], "the id of padding", [], Vocabulary.PaddingId);
        readIds(inputs[0]);
    }
}
