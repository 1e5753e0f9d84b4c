namespace OnnxSentiment.Onnx;

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

    /// <summary>|x|.</summary>
    public const string Abs = "Abs";

    /// <summary>a + b with broadcasting.</summary>
    public const string Add = "Add";

    /// <summary>Positions of the largest values along an axis.</summary>
    public const string ArgMax = "ArgMax";

    /// <summary>Means over windows that slide along the spatial dimensions.</summary>
    public const string AveragePool = "AveragePool";

    /// <summary>(x - mean) / √(variance + ε), scaled and shifted, by stored statistics of each channel.</summary>
    public const string BatchNormalization = "BatchNormalization";

    /// <summary>Conversion to another element type.</summary>
    public const string Cast = "Cast";

    /// <summary>Joins tensors along one axis.</summary>
    public const string Concat = "Concat";

    /// <summary>Convolution.</summary>
    public const string Conv = "Conv";

    /// <summary>a / b with broadcasting.</summary>
    public const string Div = "Div";

    /// <summary>
    /// Of <see cref="Domains.Microsoft"/>: long short-term memory with 8-bit weights; its inputs and states are quantised as
    /// they come.
    /// </summary>
    public const string DynamicQuantizeLstm = "DynamicQuantizeLSTM";

    /// <summary>x where x > 0, else α·(exp(x) - 1).</summary>
    public const string Elu = "Elu";

    /// <summary>a = b with broadcasting, as Booleans.</summary>
    public const string Equal = "Equal";

    /// <summary>The error function.</summary>
    public const string Erf = "Erf";

    /// <summary>e to the power of x.</summary>
    public const string Exp = "Exp";

    /// <summary>Repeats dimensions of size 1 up to a shape.</summary>
    public const string Expand = "Expand";

    /// <summary>Picks slices by index.</summary>
    public const string Gather = "Gather";

    /// <summary>Picks elements by an index each.</summary>
    public const string GatherElements = "GatherElements";

    /// <summary>Matrix product with bias.</summary>
    public const string Gemm = "Gemm";

    /// <summary>a > b with broadcasting, as Booleans.</summary>
    public const string Greater = "Greater";

    /// <summary>a ≥ b with broadcasting, as Booleans.</summary>
    public const string GreaterOrEqual = "GreaterOrEqual";

    /// <summary>Gated recurrent unit.</summary>
    public const string Gru = "GRU";

    /// <summary>x · max(0, min(1, x/6 + 1/2)).</summary>
    public const string HardSwish = "HardSwish";

    /// <summary>The same value under another name.</summary>
    public const string Identity = "Identity";

    /// <summary>(x - mean) / √(variance + ε), scaled and shifted, by statistics of each channel of each row.</summary>
    public const string InstanceNormalization = "InstanceNormalization";

    /// <summary>Looks up strings or numbers in a table.</summary>
    public const string LabelEncoder = "LabelEncoder";

    /// <summary>(x - mean) / √(variance + ε), scaled and shifted, by statistics over the last dimensions.</summary>
    public const string LayerNormalization = "LayerNormalization";

    /// <summary>x where x ≥ 0, else α·x.</summary>
    public const string LeakyRelu = "LeakyRelu";

    /// <summary>a &lt; b with broadcasting, as Booleans.</summary>
    public const string Less = "Less";

    /// <summary>Natural logarithm.</summary>
    public const string Log = "Log";

    /// <summary>Logarithm of the softmax along one axis.</summary>
    public const string LogSoftmax = "LogSoftmax";

    /// <summary>Long short-term memory.</summary>
    public const string Lstm = "LSTM";

    /// <summary>Matrix product over the last two dimensions.</summary>
    public const string MatMul = "MatMul";

    /// <summary>The largest of several, with broadcasting.</summary>
    public const string Max = "Max";

    /// <summary>Largest values over windows that slide along the spatial dimensions.</summary>
    public const string MaxPool = "MaxPool";

    /// <summary>The smallest of several, with broadcasting.</summary>
    public const string Min = "Min";

    /// <summary>a · b with broadcasting.</summary>
    public const string Mul = "Mul";

    /// <summary>-x.</summary>
    public const string Neg = "Neg";

    /// <summary>Negates Booleans.</summary>
    public const string Not = "Not";

    /// <summary>Adds elements at the ends of dimensions.</summary>
    public const string Pad = "Pad";

    /// <summary>a to the power of b, with broadcasting.</summary>
    public const string Pow = "Pow";

    /// <summary>x where x ≥ 0, else slope · x, with broadcasting.</summary>
    public const string PRelu = "PRelu";

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

    /// <summary>A range of positions along axes.</summary>
    public const string Slice = "Slice";

    /// <summary>exp(x) over its sum along one axis.</summary>
    public const string Softmax = "Softmax";

    /// <summary>ln(1 + exp(x)).</summary>
    public const string Softplus = "Softplus";

    /// <summary>Square root.</summary>
    public const string Sqrt = "Sqrt";

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
