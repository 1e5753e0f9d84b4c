namespace OnnxSentiment.Runtime;

/// <summary>
/// Which nodes of a graph may run on the processor while the model is said to run on a GPU: those that only count ids
/// or look at shapes, a number a text, which providers may well leave there. Everything else matters, what is not known
/// too.
/// </summary>
internal static class PlacementRule
{
    private const string CpuProvider = "CPUExecutionProvider";
    private const string QuantizedLstm = "DynamicQuantizeLSTM";

    private static readonly HashSet<string> Light =
    [
        "Cast", "Constant", "ConstantOfShape", "Equal", "Less", "Not", "Range", "ReduceSum", "Shape", "Size", "Squeeze",
        "Unsqueeze",
    ];

    /// <summary>Says which nodes keep the model from the GPU, and why; null if none does.</summary>
    /// <param name="nodes">All nodes of the graph; null where ONNX Runtime does not tell.</param>
    public static string? Problem(IReadOnlyList<NodePlacement>? nodes)
    {
        if (nodes is null)
        {
            return "this version of ONNX Runtime does not tell where nodes run, so that some could run on the "
                + "processor unseen; 1.24 or newer was expected";
        }

        var left = nodes.Where(node => node.Provider == CpuProvider && !Light.Contains(node.Operator)).ToList();
        return left.Count == 0
            ? null
            : $"CUDA does not take {string.Join(", ", left.Select(node => $"{node.Name} ({node.Operator})"))}, "
                + $"which would run on the processor; {Advice(left)}";
    }

    private static string Advice(List<NodePlacement> left)
    {
        if (left.Any(node => node.Operator == QuantizedLstm))
        {
            return "8-bit layers have no CUDA kernel: export the model as float32 or fp16";
        }

        return left.Any(node => node.Operator == "RNN")
            ? "of plain recurrent networks it computes those with tanh alone"
            : "export the model with the default opset";
    }
}
