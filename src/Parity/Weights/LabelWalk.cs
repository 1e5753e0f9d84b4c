using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.ExpectedAttribute;

namespace OnnxSentiment.Parity;

/// <summary>The name of the predicted label, from the probabilities.</summary>
internal sealed class LabelWalk(GraphReader graph, WeightLedger ledger)
{
    private const float Threshold = 0.5f;

    /// <exception cref="GraphMismatchException">The graph names another label.</exception>
    internal void Run(IReadOnlyList<string> labels)
    {
        var index = graph.Read(
            GraphNames.Label, Operators.LabelEncoder, 1,
            [
                Numbers("keys_int64s", [.. Enumerable.Range(0, labels.Count).Select(position => (long)position)]),
                new("values_strings", string.Join(',', labels)),
                new("default_string", labels[0]),
            ])[0];
        var probability = LabelScores.LogitCount(labels.Count) == 1 ? ReadIsSecond(index) : graph.Read(
            index, Operators.ArgMax, 1,
            [Number("axis", 1), Number("keepdims", 0), Number("select_last_index", 0, otherwise: 0)])[0];
        graph.CheckSame(probability, GraphNames.Probability, "the probabilities of the label");
    }

    private string ReadIsSecond(string index)
    {
        var each = graph.Read(index, Operators.Cast, 1, [Number("to", (long)DataType.Int64)])[0];
        var squeezed = graph.Read(each, Operators.Squeeze, 2);
        ledger.Constant(squeezed[1], "axis of Squeeze", [1], 1);
        var inputs = graph.Read(squeezed[0], Operators.GreaterOrEqual, 2);
        ledger.Scalar(inputs[1], "the probability from which on the second label is predicted", Threshold);
        return inputs[0];
    }
}
