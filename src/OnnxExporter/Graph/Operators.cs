namespace OnnxSentiment.OnnxExporter.Graph;

/// <summary>
/// The operators that exported graphs use, by their exact names (https://onnx.ai/onnx/operators/). Nothing else in the
/// exporter spells an operator. All but those that <see cref="Domains"/> names are of the standard's own domain.
/// </summary>
public static class Operators
{
    /// <summary>The domain of the standard's own operators.</summary>
    public const string StandardDomain = "";

    /// <summary>The standard's domain as some exporters write it out.</summary>
    public const string StandardDomainAlias = "ai.onnx";

    /// <summary>a + b with broadcasting.</summary>
    public const string Add = "Add";

    /// <summary>Positions of the largest values along an axis.</summary>
    public const string ArgMax = "ArgMax";

    /// <summary>Conversion to another element type.</summary>
    public const string Cast = "Cast";

    /// <summary>Joins tensors along one axis.</summary>
    public const string Concat = "Concat";

    /// <summary>a / b with broadcasting.</summary>
    public const string Div = "Div";

    /// <summary>
    /// Of <see cref="Domains.Microsoft"/>: long short-term memory with 8-bit weights; its inputs and states are quantised as
    /// they come.
    /// </summary>
    public const string DynamicQuantizeLstm = "DynamicQuantizeLSTM";

    /// <summary>a = b with broadcasting, as Booleans.</summary>
    public const string Equal = "Equal";

    /// <summary>Picks slices by index.</summary>
    public const string Gather = "Gather";

    /// <summary>Picks elements by an index each.</summary>
    public const string GatherElements = "GatherElements";

    /// <summary>Matrix product with bias.</summary>
    public const string Gemm = "Gemm";

    /// <summary>a ≥ b with broadcasting, as Booleans.</summary>
    public const string GreaterOrEqual = "GreaterOrEqual";

    /// <summary>Gated recurrent unit.</summary>
    public const string Gru = "GRU";

    /// <summary>Looks up strings or numbers in a table.</summary>
    public const string LabelEncoder = "LabelEncoder";

    /// <summary>Long short-term memory.</summary>
    public const string Lstm = "LSTM";

    /// <summary>Matrix product over the last two dimensions.</summary>
    public const string MatMul = "MatMul";

    /// <summary>The largest of several, with broadcasting.</summary>
    public const string Max = "Max";

    /// <summary>The smallest of several, with broadcasting.</summary>
    public const string Min = "Min";

    /// <summary>a · b with broadcasting.</summary>
    public const string Mul = "Mul";

    /// <summary>Negates Booleans.</summary>
    public const string Not = "Not";

    /// <summary>Adds elements at the ends of dimensions.</summary>
    public const string Pad = "Pad";

    /// <summary>Numbers from a start to a limit.</summary>
    public const string Range = "Range";

    /// <summary>Largest values along axes.</summary>
    public const string ReduceMax = "ReduceMax";

    /// <summary>Means along axes.</summary>
    public const string ReduceMean = "ReduceMean";

    /// <summary>Sums along axes.</summary>
    public const string ReduceSum = "ReduceSum";

    /// <summary>max(0, x).</summary>
    public const string Relu = "Relu";

    /// <summary>The same values in another shape.</summary>
    public const string Reshape = "Reshape";

    /// <summary>Elman's recurrent network.</summary>
    public const string Rnn = "RNN";

    /// <summary>The sizes of all dimensions.</summary>
    public const string Shape = "Shape";

    /// <summary>1 / (1 + exp(-x)).</summary>
    public const string Sigmoid = "Sigmoid";

    /// <summary>exp(x) over its sum along one axis.</summary>
    public const string Softmax = "Softmax";

    /// <summary>Removes dimensions of size 1.</summary>
    public const string Squeeze = "Squeeze";

    /// <summary>Changes the case of strings.</summary>
    public const string StringNormalizer = "StringNormalizer";

    /// <summary>a - b with broadcasting.</summary>
    public const string Sub = "Sub";

    /// <summary>Hyperbolic tangent.</summary>
    public const string Tanh = "Tanh";

    /// <summary>Cuts strings into tokens.</summary>
    public const string Tokenizer = "Tokenizer";

    /// <summary>Reorders dimensions.</summary>
    public const string Transpose = "Transpose";

    /// <summary>Inserts dimensions of size 1.</summary>
    public const string Unsqueeze = "Unsqueeze";

    /// <summary>Chooses between two tensors, element by element.</summary>
    public const string Where = "Where";
}
