using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// What the graph itself finds out about padding, so that a caller hands over ids and nothing else. Ids of 0 are
/// padding and stand at the end of a row. One object a graph; each value is added when it is first asked for.
/// </summary>
internal sealed class PaddingMask
{
    private readonly GraphBuilder _graph;
    private readonly string _isToken;
    private string? _mask;
    private string? _counts;

    /// <summary>Adds the comparison of the ids, and the lengths.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="ids">int64 <c>[batch, sequence]</c>.</param>
    public PaddingMask(GraphBuilder graph, string ids)
    {
        _graph = graph;
        var isPadding = graph.Equal("padding/is_padding", ids, graph.Scalar(Vocabulary.PaddingId));
        _isToken = graph.Not("padding/is_token", isPadding);
        var ones = graph.Cast("padding/ones", _isToken, DataType.Int32);
        Lengths = graph.ReduceSum("padding/lengths", ones, axis: 1);
    }

    /// <summary>The number of tokens of each text, int32 <c>[batch]</c>, as the recurrent operators want it.</summary>
    public string Lengths { get; }

    /// <summary>Whether a step is a token of the text, Boolean <c>[sequence, batch, 1]</c>.</summary>
    public string Mask => _mask ??= AddMask();

    /// <summary>The number of tokens of each text, float <c>[batch, 1]</c>, to divide by.</summary>
    public string Counts => _counts ??= AddCounts();

    private string AddMask()
    {
        var timeFirst = _graph.Transpose("padding/is_token_time_first", _isToken, 1, 0);
        return _graph.Unsqueeze("padding/mask", timeFirst, 2);
    }

    private string AddCounts()
    {
        var counts = _graph.Cast("padding/lengths_as_float", Lengths, DataType.Float);
        return _graph.Unsqueeze("padding/counts", counts, 1);
    }
}
