namespace OnnxSentiment.OnnxExporter.Graph;

/// <summary>
/// The operators of the ONNX standard (https://onnx.ai/onnx/operators/), and one of ONNX Runtime, that exported graphs
/// use, by their exact names. Nothing else in the exporter spells an operator.
/// </summary>
public static class Operators
{
    /// <summary>The domain of the standard's own operators.</summary>
    public const string StandardDomain = "";

    /// <summary>The standard's domain as some exporters write it out.</summary>
    public const string StandardDomainAlias = "ai.onnx";

    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string ContribDomain = "com.microsoft";

    /// <summary>a + b with broadcasting.</summary>
    public const string Add = "Add";

    /// <summary>Conversion to another element type.</summary>
    public const string Cast = "Cast";

    /// <summary>Joins tensors along one axis.</summary>
    public const string Concat = "Concat";

    /// <summary>a / b with broadcasting.</summary>
    public const string Div = "Div";

    /// <summary>
    /// Of <see cref="ContribDomain"/>: long short-term memory with 8-bit weights; its inputs and states are quantised as
    /// they come.
    /// </summary>
    public const string DynamicQuantizeLstm = "DynamicQuantizeLSTM";

    /// <summary>a = b with broadcasting, as Booleans.</summary>
    public const string Equal = "Equal";

    /// <summary>Picks slices by index.</summary>
    public const string Gather = "Gather";

    /// <summary>Matrix product with bias.</summary>
    public const string Gemm = "Gemm";

    /// <summary>Gated recurrent unit.</summary>
    public const string Gru = "GRU";

    /// <summary>Long short-term memory.</summary>
    public const string Lstm = "LSTM";

    /// <summary>Matrix product over the last two dimensions.</summary>
    public const string MatMul = "MatMul";

    /// <summary>a · b with broadcasting.</summary>
    public const string Mul = "Mul";

    /// <summary>Negates Booleans.</summary>
    public const string Not = "Not";

    /// <summary>Largest values along axes.</summary>
    public const string ReduceMax = "ReduceMax";

    /// <summary>Means along axes.</summary>
    public const string ReduceMean = "ReduceMean";

    /// <summary>Sums along axes.</summary>
    public const string ReduceSum = "ReduceSum";

    /// <summary>The same values in another shape.</summary>
    public const string Reshape = "Reshape";

    /// <summary>Elman's recurrent network.</summary>
    public const string Rnn = "RNN";

    /// <summary>1 / (1 + exp(-x)).</summary>
    public const string Sigmoid = "Sigmoid";

    /// <summary>exp(x) over its sum along one axis.</summary>
    public const string Softmax = "Softmax";

    /// <summary>Hyperbolic tangent.</summary>
    public const string Tanh = "Tanh";

    /// <summary>Reorders dimensions.</summary>
    public const string Transpose = "Transpose";

    /// <summary>Inserts dimensions of size 1.</summary>
    public const string Unsqueeze = "Unsqueeze";

    /// <summary>Chooses between two tensors, element by element.</summary>
    public const string Where = "Where";
}
