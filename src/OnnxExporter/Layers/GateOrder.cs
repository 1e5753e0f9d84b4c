using OnnxSentiment.Core;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// From PyTorch's order of the gates to ONNX's. Both stack one block of <c>hidden</c> rows a gate. PyTorch: LSTM input,
/// forget, cell, output; GRU reset, update, new (docs.pytorch.org, torch.nn.LSTM and GRU, "Variables"). ONNX: LSTM
/// input, output, forget, cell; GRU update, reset, hidden (onnx.ai, operators LSTM and GRU, inputs W and R).
/// </summary>
internal static class GateOrder
{
    private static ReadOnlySpan<int> Lstm => [0, 3, 1, 2];

    private static ReadOnlySpan<int> Gru => [1, 0, 2];

    private static ReadOnlySpan<int> Rnn => [0];

    /// <summary>Moves the blocks of a matrix or a bias; row by row, so the width of a row does not matter.</summary>
    internal static float[] ToOnnx(CellKind cell, ReadOnlySpan<float> stacked)
    {
        var sources = SourceBlocks(cell);
        var block = stacked.Length / sources.Length;
        var result = new float[stacked.Length];
        for (var gate = 0; gate < sources.Length; gate++)
        {
            stacked.Slice(sources[gate] * block, block).CopyTo(result.AsSpan(gate * block));
        }

        return result;
    }

    private static ReadOnlySpan<int> SourceBlocks(CellKind cell) => cell switch
    {
        CellKind.Lstm => Lstm,
        CellKind.Gru => Gru,
        CellKind.Rnn => Rnn,
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, "Unknown cell."),
    };
}
