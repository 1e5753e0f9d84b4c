using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// What <see cref="TextEncoder"/> does, as part of a graph: texts in, the ids out that a caller would otherwise hand
/// over.
/// </summary>
internal static class TextInput
{
    private const string Prefix = "text";

    /// <summary>Adds the input <c>text</c>, string <c>[batch]</c>, and all that turns it into ids.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="settings">How texts become ids.</param>
    /// <param name="vocabulary">The words and their ids.</param>
    /// <returns>The ids, int64 <c>[batch, sequence]</c>, named <c>input_ids</c>, padded with 0 on the right.</returns>
    public static string Add(GraphBuilder graph, TextSettings settings, Vocabulary vocabulary)
    {
        var text = graph.Input(GraphNames.Text, DataType.String, GraphNames.BatchDimension);
        var lower = graph.LowerAscii($"{Prefix}/lower", text);
        var tokens = graph.Tokenize($"{Prefix}/tokens", lower, TokenPattern.Of(settings.Tokenizer));
        var wordIds = LookUp(graph, tokens, vocabulary);

        // The start id comes first of all, because texts without a token give a matrix without columns, on which
        // operators behave differently from runtime to runtime.
        var ids = graph.Pad($"{Prefix}/ids", wordIds, graph.Scalar(Vocabulary.StartId), 0, 1, 0, 0);
        return KeepLast(graph, ids, settings.MaximumLength);
    }

    // The tokenizer fills rows with the empty string, which is no token; the special tokens are none either.
    private static string LookUp(GraphBuilder graph, string tokens, Vocabulary vocabulary)
    {
        var words = vocabulary.Tokens.Skip(Vocabulary.FirstWordId);
        var ids = Enumerable.Range(Vocabulary.FirstWordId, vocabulary.Count - Vocabulary.FirstWordId)
            .Select(id => (long)id);
        return graph.LabelEncoder(
            $"{Prefix}/word_ids", tokens, words.Prepend(""), [Vocabulary.PaddingId, .. ids], Vocabulary.UnknownId);
    }

    // Each row has its own surplus: its first column, the start id, stays, and the others come from that much further
    // right. Rows are filled on the right, so that a shorter row, which has no surplus, keeps its padding.
    private static string KeepLast(GraphBuilder graph, string ids, int maximumLength)
    {
        var maximum = graph.Scalar(maximumLength);
        var isPadding = graph.Equal($"{Prefix}/is_padding", ids, graph.Scalar(Vocabulary.PaddingId));
        var isToken = graph.Not($"{Prefix}/is_token", isPadding);
        var ones = graph.Cast($"{Prefix}/ones", isToken, DataType.Int64);
        var lengths = graph.ReduceSum($"{Prefix}/lengths", ones, axis: 1);
        var excess = graph.Sub($"{Prefix}/excess", lengths, maximum);
        var excessOrNone = graph.Max($"{Prefix}/excess_or_none", excess, graph.Scalar(0L));
        var surplus = graph.Unsqueeze($"{Prefix}/surplus", excessOrNone, 1);

        var width = graph.Min($"{Prefix}/kept_width", graph.SizeOf($"{Prefix}/width", ids, axis: 1), maximum);
        var columns = graph.RangeTo($"{Prefix}/columns", width);
        var isWord = graph.Min($"{Prefix}/is_word", columns, graph.Scalar(1L));
        var source = graph.Add($"{Prefix}/source", columns, graph.Mul($"{Prefix}/shift", surplus, isWord));
        return graph.GatherColumns(GraphNames.InputIds, ids, source);
    }
}
