using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.ExpectedAttribute;

namespace OnnxSentiment.Parity;

/// <summary>What turns texts into ids, as <see cref="TextEncoder"/> does.</summary>
internal sealed class TextWalk(GraphReader graph, WeightLedger ledger, Checkpoint checkpoint)
{
    private readonly int _maximum = checkpoint.Config.Text.MaximumLength;

    /// <summary>Reads the ids, of which the last are kept.</summary>
    /// <exception cref="GraphMismatchException">The graph makes other ids.</exception>
    internal void Run(string value)
    {
        var kept = graph.Read(value, Operators.GatherElements, 2, [Number("axis", 1)]);
        var (ids, source) = (kept[0], graph.Read(kept[1], Operators.Add, 2));
        ReadColumns(source[0], ids);
        var shift = graph.Read(source[1], Operators.Mul, 2);
        ReadSurplus(shift[0], ids);
        var isWord = graph.Read(shift[1], Operators.Min, 2);
        graph.CheckSame(isWord[0], source[0], "the columns");
        Scalar(isWord[1], "the shift of a column that is a word", 1);
        ReadTokens(ReadWordIds(ReadStart(ids)));
    }

    private void ReadColumns(string value, string ids)
    {
        var range = graph.Read(value, Operators.Range, 3);
        Scalar(range[0], "the first column", 0);
        Scalar(range[2], "the step between columns", 1);
        var width = graph.Read(range[1], Operators.Min, 2);
        Scalar(width[1], "the largest number of ids", _maximum);
        var size = graph.Read(width[0], Operators.Gather, 2, [Number("axis", 0, otherwise: 0)]);
        Scalar(size[1], "the dimension of the columns", 1);
        var shape = graph.Read(size[0], Operators.Shape, 1, [Number("start", 0, otherwise: 0)]);
        graph.CheckSame(shape[0], ids, "the ids that are counted");
    }

    // How many ids of each text are too many.
    private void ReadSurplus(string value, string ids)
    {
        var surplus = graph.Read(value, Operators.Unsqueeze, 2);
        ledger.Constant(surplus[1], "axis of Unsqueeze", [1], 1);
        var notNegative = graph.Read(surplus[0], Operators.Max, 2);
        Scalar(notNegative[1], "the smallest surplus", 0);
        var excess = graph.Read(notNegative[0], Operators.Sub, 2);
        Scalar(excess[1], "the largest number of ids", _maximum);
        var lengths = graph.Read(
            excess[0], Operators.ReduceSum, 2,
            [Number("keepdims", 0, otherwise: 1), Number("noop_with_empty_axes", 0, otherwise: 0)]);
        ledger.Constant(lengths[1], "axis of ReduceSum", [1], 1);
        var isToken = graph.Read(lengths[0], Operators.Cast, 1, [Number("to", (long)DataType.Int64)])[0];
        var isPadding = graph.Read(graph.Read(isToken, Operators.Not, 1)[0], Operators.Equal, 2);
        Scalar(isPadding[1], "the id of padding", Vocabulary.PaddingId);
        graph.CheckSame(isPadding[0], ids, "the ids that are counted");
    }

    private string ReadStart(string ids)
    {
        var inputs = graph.Read(ids, Operators.Pad, 3, [new("mode", "constant", "constant")]);
        ledger.Constant(inputs[1], "the start id's place", [4], 0, 1, 0, 0);
        Scalar(inputs[2], "the id of a text's start", Vocabulary.StartId);
        return inputs[0];
    }

    // Texts without a token are rows of empty strings, which are padding.
    private string ReadWordIds(string value)
    {
        var node = graph.NodeOf(value, Operators.LabelEncoder);
        var words = checkpoint.Vocabulary.Tokens.Skip(Vocabulary.FirstWordId).Prepend("");
        var ids = Enumerable.Range(Vocabulary.FirstWordId, checkpoint.Vocabulary.Count - Vocabulary.FirstWordId)
            .Select(id => (long)id).Prepend(Vocabulary.PaddingId);
        CheckList(node, "keys_strings", list => list.Strings.Select(text => text.ToStringUtf8()), words);
        CheckList(node, "values_int64s", list => list.Ints, ids);
        string[] lists = ["keys_strings", "values_int64s"];
        var others = new NodeProto { Name = node.Name, OpType = node.OpType };
        others.Attribute.AddRange(node.Attribute.Where(attribute => !lists.Contains(attribute.Name)));
        GraphReader.CheckAttributes(others, [Number("default_int64", Vocabulary.UnknownId)]);
        return GraphReader.InputsOf(node)[0];
    }

    private static void CheckList<T>(
        NodeProto node, string name, Func<AttributeProto, IEnumerable<T>> valuesOf, IEnumerable<T> expected)
    {
        T[] found = [.. node.Attribute.Where(attribute => attribute.Name == name).SelectMany(valuesOf)];
        T[] right = [.. expected];
        var same = found.Zip(right).TakeWhile(pair => Equals(pair.First, pair.Second)).Count();
        if (same < right.Length || same < found.Length)
        {
            throw GraphReader.Mismatch(
                node, $"has {name} of {found.Length} values, whose value {same} is '{found.ElementAtOrDefault(same)}', "
                    + $"but '{right.ElementAtOrDefault(same)}', of {right.Length}, was expected.");
        }
    }

    private void ReadTokens(string value)
    {
        var node = graph.NodeOf(value, Operators.Tokenizer);
        var pattern = node.Attribute.FirstOrDefault(attribute => attribute.Name == "tokenexp")?.S.ToStringUtf8() ?? "";
        var lower = graph.Read(
            value, Operators.Tokenizer, 1,
            [Number("mark", 0), Number("mincharnum", 1), new("pad_value", ""), new("tokenexp", pattern)])[0];
        if (TokenClasses.DefectOf(pattern, checkpoint.Config.Text.Tokenizer) is { } defect)
        {
            throw GraphReader.Mismatch(node, $"cuts texts in another way: {defect}");
        }

        var text = graph.Read(
            lower, Operators.StringNormalizer, 1,
            [
                new("case_change_action", "LOWER"), new("locale", "C"),
                Number("is_case_sensitive", 0, otherwise: 0), new("stopwords", "", ""),
            ])[0];
        graph.CheckIsInput(text, GraphNames.Text);
    }

    private void Scalar(string value, string purpose, long expected) =>
        ledger.Constant(value, purpose, [], expected);
}
