using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Eight bits: the embedding's rows with a scale each, multiplied back after the look-up, and each LSTM as ONNX
/// Runtime's quantized one with a scale for each column of its weights. Biases, readout and classifier stay in single
/// precision.
/// </summary>
internal static class EightBit
{
    // Processors without VNNI add two products of an unsigned and a signed byte in 16 bits and cut off what does not
    // fit: 2 · 255 · 64 does, 2 · 255 · 127 does not. Weights of seven bits give the same sums everywhere.
    private const int RecurrentLimit = 64;
    private const int EmbeddingLimit = sbyte.MaxValue;

    /// <summary>Refuses cells that have no quantized operator.</summary>
    /// <exception cref="InvalidInputException">The cell is not an LSTM.</exception>
    internal static void CheckSupport(ModelConfig model, Precision precision)
    {
        if (precision == Precision.Int8 && model.Cell != CellKind.Lstm)
        {
            throw new InvalidInputException(
                $"precision is int8, but the checkpoint's cell is {model.Cell.ToString().ToLowerInvariant()}: ONNX " +
                "Runtime has a quantized operator for lstm alone. Export as fp16 or float32.");
        }
    }

    internal static void Rewrite(GraphProto graph)
    {
        var weights = graph.Initializer.Where(PrecisionRewriter.IsFloat)
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var replaced = new Dictionary<string, TensorProto[]>(StringComparer.Ordinal);
        var nodes = graph.Node.SelectMany(node => node.OpType switch
        {
            Operators.Lstm => [ToQuantized(node, weights, replaced)],
            Operators.Gather when weights.TryGetValue(node.Input[0], out var table) => LookUp(node, table, replaced),
            _ => (IEnumerable<NodeProto>)[node],
        }).ToList();
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        var initializers = graph.Initializer
            .SelectMany(tensor => replaced.GetValueOrDefault(tensor.Name) ?? [tensor]).ToList();
        graph.Initializer.Clear();
        graph.Initializer.AddRange(initializers);
    }

    private static IEnumerable<NodeProto> LookUp(
        NodeProto gather, TensorProto table, Dictionary<string, TensorProto[]> replaced)
    {
        var (rows, width) = (table.Dims[0], table.Dims[1]);
        var quantized = Quantizer.Rows(table.Name, Tensors.FloatsOf(table), (int)width, EmbeddingLimit);
        var scale = $"{table.Name}_scale";
        replaced[table.Name] =
        [
            Tensors.Int8(table.Name, [rows, width], quantized.Values),
            Tensors.Float(scale, [rows, 1], quantized.Scales),
        ];
        var name = gather.Name;
        var (bytes, floats, scales) = ($"{name}/bytes", $"{name}/bytes_as_float", $"{name}/scales");
        var axis = gather.Attribute[0];
        yield return Node(bytes, Operators.Gather, [table.Name, gather.Input[1]], axis);
        yield return Node(floats, Operators.Cast, [bytes], Attributes.Int("to", (long)DataType.Float));
        yield return Node(scales, Operators.Gather, [scale, gather.Input[1]], axis.Clone());
        yield return Node(name, Operators.Mul, [floats, scales]);
    }

    private static NodeProto Node(string name, string op, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Name = name, OpType = op, Output = { name } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes);
        return node;
    }

    private static NodeProto ToQuantized(
        NodeProto lstm, Dictionary<string, TensorProto> weights, Dictionary<string, TensorProto[]> replaced)
    {
        var node = lstm.Clone();
        (node.OpType, node.Domain) = (Operators.DynamicQuantizeLstm, Domains.Microsoft);
        string[] noInitialStatesNorPeepholes = ["", "", ""];
        node.Input.AddRange(noInitialStatesNorPeepholes);
        foreach (var name in (string[])[lstm.Input[1], lstm.Input[2]])
        {
            replaced[name] = Quantized(weights[name]);
            node.Input.AddRange(replaced[name].Skip(1).Select(tensor => tensor.Name));
        }

        return node;
    }

    // [directions, gates·hidden, columns]: a row here is a column of the quantized operator's transposed weights.
    private static TensorProto[] Quantized(TensorProto weights)
    {
        var (directions, rows, columns) = (weights.Dims[0], weights.Dims[1], weights.Dims[2]);
        var quantized = Quantizer.Rows(weights.Name, Tensors.FloatsOf(weights), (int)columns, RecurrentLimit);
        return
        [
            Tensors.Int8(
                weights.Name, [directions, columns, rows],
                Transposed(quantized.Values, (int)directions, (int)rows, (int)columns)),
            Tensors.Float($"{weights.Name}_scale", [directions, rows], quantized.Scales),
            Tensors.Int8($"{weights.Name}_zero_point", [directions, rows], new sbyte[directions * rows]),
        ];
    }

    private static sbyte[] Transposed(sbyte[] values, int matrices, int rows, int columns)
    {
        var result = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (matrix, rest) = Math.DivRem(i, rows * columns);
            var (row, column) = Math.DivRem(rest, columns);
            result[(((matrix * columns) + column) * rows) + row] = values[i];
        }

        return result;
    }
}
