using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>
    /// Of <see cref="Domains.Microsoft"/>: long short-term memory with 8-bit weights; its inputs and states are
    /// quantized as they come.
    /// </summary>
    public const string DynamicQuantizeLstm = "DynamicQuantizeLSTM";
}

/// <summary>
/// The weights of ONNX Runtime's quantized LSTM are transposed against the standard's, and each of their columns has a
/// scale and a zero point (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
/// </summary>
internal static class QuantizedRecurrentOperators
{
    private const int Gates = 4;
    private const int ActivationsPerDirection = 3;
    private const int X = 0;
    private const int W = 1;
    private const int R = 2;
    private const int B = 3;
    private const int SequenceLengths = 4;
    private const int InitialHidden = 5;
    private const int InitialCell = 6;
    private const int Peepholes = 7;
    private const int WScale = 8;
    private const int WZeroPoint = 9;
    private const int RScale = 10;
    private const int RZeroPoint = 11;

    internal static OperatorDefinition[] All { get; } =
    [
        new(
            Operators.DynamicQuantizeLstm, 12..12, InferLstm,
            new("activation_alpha", AttributeType.Floats), new("activation_beta", AttributeType.Floats),
            new("activations", AttributeType.Strings), new("clip", AttributeType.Float),
            new("direction", AttributeType.String), new("hidden_size", AttributeType.Int),
            new("input_forget", AttributeType.Int))
        {
            Domain = Domains.Microsoft,
            Outputs = 0..3,
            Optional = [B, SequenceLengths, InitialHidden, InitialCell, Peepholes],
        },
    ];

    private static void InferLstm(NodeContext node)
    {
        CheckElements(node);
        if (RecurrentOperators.Directions(node) is not { } directions
            || RecurrentOperators.HiddenSize(node) is not { } hidden)
        {
            return;
        }

        RecurrentOperators.CheckActivations(node, directions * ActivationsPerDirection);
        node.RequireShape(X, Dimension.Unknown, Dimension.Unknown, Dimension.Unknown);
        if (node.Input(X)?.Shape is not { Count: 3 } x)
        {
            return;
        }

        var (steps, batch, input) = (x[0], x[1], x[2]);
        CheckWeights(node, directions, hidden, input);
        node.RequireShape(SequenceLengths, batch);
        node.RequireShape(InitialHidden, directions, batch, hidden);
        node.RequireShape(InitialCell, directions, batch, hidden);
        node.SetOutput(DataType.Float, [steps, directions, batch, hidden], 0);
        node.SetOutput(DataType.Float, [directions, batch, hidden], 1);
        node.SetOutput(DataType.Float, [directions, batch, hidden], 2);
    }

    private static void CheckElements(NodeContext node)
    {
        foreach (var input in (int[])[X, B, InitialHidden, InitialCell, Peepholes, WScale, RScale])
        {
            node.RequireElement(input, DataType.Float);
        }

        node.RequireElement(W, type => type is DataType.Int8 or DataType.Uint8, "int8 or uint8");
        node.RequireSameElement(W, R);
        node.RequireSameElement(W, WZeroPoint);
        node.RequireSameElement(W, RZeroPoint);
        node.RequireElement(SequenceLengths, DataType.Int32);
    }

    private static void CheckWeights(NodeContext node, int directions, long hidden, Dimension input)
    {
        node.RequireShape(W, directions, input, Gates * hidden);
        node.RequireShape(R, directions, hidden, Gates * hidden);
        node.RequireShape(B, directions, 2 * Gates * hidden);
        node.RequireShape(Peepholes, directions, 3 * hidden);
        foreach (var perColumn in (int[])[WScale, WZeroPoint, RScale, RZeroPoint])
        {
            node.RequireShape(perColumn, directions, Gates * hidden);
        }
    }
}
