using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>
/// Where ONNX's recurrent operators keep the gates that PyTorch stacks in another order. PyTorch (docs.pytorch.org,
/// torch.nn.LSTM and GRU): input, forget, cell, output; reset, update, new. ONNX (onnx.ai, LSTM and GRU): W[iofc] and
/// W[zrh], where z is the update gate.
/// </summary>
/// <param name="cell">The cell.</param>
/// <param name="hidden">Units of a gate.</param>
internal sealed class GateBlocks(CellKind cell, int hidden)
{
    private const string TorchLstm = "ifco";
    private const string OnnxLstm = "iofc";
    private const string TorchGru = "rzh";
    private const string OnnxGru = "zrh";
    private const string OneGate = "i";

    private readonly string _torch = cell switch
    {
        CellKind.Lstm => TorchLstm,
        CellKind.Gru => TorchGru,
        _ => OneGate,
    };

    private readonly string _onnx = cell switch
    {
        CellKind.Lstm => OnnxLstm,
        CellKind.Gru => OnnxGru,
        _ => OneGate,
    };

    /// <summary>Rows of all gates.</summary>
    internal int Rows => _torch.Length * hidden;

    /// <summary>From a row of PyTorch's matrix to that of ONNX's.</summary>
    internal int RowOf(int row)
    {
        var (gate, unit) = Math.DivRem(row, hidden);
        return (_onnx.IndexOf(_torch[gate], StringComparison.Ordinal) * hidden) + unit;
    }
}
