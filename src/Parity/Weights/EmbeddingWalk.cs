using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.ExpectedAttribute;

namespace OnnxSentiment.Parity;

/// <summary>The look-up of word vectors, time first.</summary>
internal sealed class EmbeddingWalk(
    GraphReader graph, WeightLedger ledger, Checkpoint checkpoint, Precision precision, StorageRule rule,
    Action<string> readIds)
{
    private readonly int _rows = checkpoint.Vocabulary.Count;
    private readonly int _columns = checkpoint.Config.Model.EmbeddingSize;

    /// <exception cref="GraphMismatchException">The value is something else.</exception>
    internal void Run(string value)
    {
        var vectors = graph.Read(value, Operators.Transpose, 1, [Numbers("perm", 1, 0, 2)])[0];
        if (precision == Precision.Int8)
        {
            RunQuantized(vectors);
            return;
        }

        var inputs = ReadGather(vectors);
        ledger.Compare(inputs[0], [_rows, _columns], rule, Place);
        readIds(inputs[1]);
    }

    private WeightPlace Place => WeightPlace.Same(WeightNames.Embedding, _columns);

    // Bytes and a scale for each row, both looked up and then multiplied.
    private void RunQuantized(string vectors)
    {
        var factors = graph.Read(vectors, Operators.Mul, 2);
        var bytes = graph.Read(factors[0], Operators.Cast, 1, [Number("to", (long)DataType.Float)])[0];
        var (table, scales) = (ReadGather(bytes), ReadGather(factors[1]));
        var steps = new StepRule(ledger.Scales(scales[0], _rows, 1), offset => offset / _columns);
        ledger.Compare(table[0], [_rows, _columns], steps, Place);
        graph.CheckSame(scales[1], table[1], "the ids of the scales");
        readIds(table[1]);
    }

    private string[] ReadGather(string value) =>
        graph.Read(value, Operators.Gather, 2, [Number("axis", 0, otherwise: 0)]);
}
