using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Core;

/// <summary>What turns a text's word vectors into features: a recurrent cell, or a bag that knows no order.</summary>
public enum CellKind
{
    /// <summary>Elman's network: one gate, <c>h' = f(W x + b_ih + R h + b_hh)</c>.</summary>
    [JsonStringEnumMemberName("rnn")]
    Rnn,

    /// <summary>Gated recurrent unit in PyTorch's form: the reset gate acts after the recurrent product.</summary>
    [JsonStringEnumMemberName("gru")]
    Gru,

    /// <summary>Long short-term memory with forget gate, without peepholes.</summary>
    [JsonStringEnumMemberName("lstm")]
    Lstm,

    /// <summary>
    /// Bag of words with one hidden layer, without recurrence: <c>h = max(0, mean over the tokens of their word vectors
    /// + b)</c>. The mean of word vectors is the mean of the tokens' one-hot vectors times the embedding's matrix, so
    /// that matrix is the hidden layer's, and the layer has as many units as a word vector has components. Padding
    /// takes no part.
    /// </summary>
    [JsonStringEnumMemberName("bag")]
    Bag,
}

/// <summary>The activation of <see cref="CellKind.Rnn"/>; the other cells have fixed ones.</summary>
public enum RnnNonlinearity
{
    /// <summary>Hyperbolic tangent.</summary>
    [JsonStringEnumMemberName("tanh")]
    Tanh,

    /// <summary>max(0, x).</summary>
    [JsonStringEnumMemberName("relu")]
    Relu,
}

/// <summary>How the states of all time steps become one vector; padding never takes part.</summary>
public enum ReadoutKind
{
    /// <summary>
    /// The last state of the forward direction beside that of the backward one, which is the first token's.
    /// </summary>
    [JsonStringEnumMemberName("last")]
    Last,

    /// <summary>The largest value of each component over time.</summary>
    [JsonStringEnumMemberName("max")]
    Max,

    /// <summary>The mean of each component over time.</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>The largest values, then the means: twice as wide.</summary>
    [JsonStringEnumMemberName("max_mean")]
    MaxMean,

    /// <summary>
    /// The mean weighted by softmax over time of <c>u · tanh(W h + b)</c> (word attention of Yang et al., NAACL 2016).
    /// </summary>
    [JsonStringEnumMemberName("attention")]
    Attention,
}

/// <summary>
/// The architecture: embedding, recurrent layers or a bag, readout, linear classifier. It names every weight and its
/// shape, with PyTorch's parameter names and gate orders (LSTM: input, forget, cell, output; GRU: reset, update, new).
/// </summary>
/// <remarks>
/// Positional, because System.Text.Json fills a missing key with the default of a parameter, but not with that of an
/// <c>init</c> property.
/// </remarks>
/// <param name="Cell">
/// What reads the word vectors. A <see cref="CellKind.Bag"/> has one layer of <paramref name="EmbeddingSize"/> units
/// and no direction, and its readout is the mean; it has no <paramref name="HiddenSize"/>, whose value means nothing
/// there.
/// </param>
/// <param name="Nonlinearity">The activation where <paramref name="Cell"/> is <see cref="CellKind.Rnn"/>.</param>
/// <param name="Bidirectional">Whether a second set of weights reads each text from its end.</param>
/// <param name="Layers">Stacked recurrent layers, 1 to 4.</param>
/// <param name="EmbeddingSize">Components of a word's vector.</param>
/// <param name="HiddenSize">Components of the state of one direction.</param>
/// <param name="Readout">How the states of all time steps become one vector.</param>
/// <param name="EmbeddingDropout">
/// Share of the embedding's components set to zero while training, the same ones at every token of a text.
/// </param>
/// <param name="RecurrentDropout">Share of the outputs set to zero between recurrent layers while training.</param>
/// <param name="ReadoutDropout">Share of the readout set to zero before the classifier while training.</param>
public sealed record ModelConfig(
    [property: Description(
        "the recurrent cell: lstm remembers longest, gru is smaller, rnn forgets soon; bag sees words without " +
        "their order")]
    CellKind Cell = CellKind.Lstm,
    [property: Description("the activation of cell=rnn; the other cells have fixed ones")]
    RnnNonlinearity Nonlinearity = RnnNonlinearity.Tanh,
    [property: Description("whether texts are read from their end too")]
    bool Bidirectional = true,
    [property: Description("recurrent layers on top of each other")]
    [property: Range(1, 4)]
    int Layers = 1,
    [property: Description("numbers that describe a word")]
    [property: Range(1, 65_536)]
    int EmbeddingSize = 128,
    [property: Description(
        "numbers that the cell remembers, in each direction; more learn more, overfit sooner and take longer")]
    [property: Range(1, 65_536)]
    int HiddenSize = 64,
    [property: Description(
        "what the classifier sees: the state after the last word, or the largest, mean, both or weighted mean " +
        "over all words")]
    ReadoutKind Readout = ReadoutKind.Last,
    [property: Description(
        "share of the words' numbers that each step ignores, the same ones in all words of a text, against " +
        "overfitting")]
    [property: Range(0, 0.99)]
    double EmbeddingDropout = 0,
    [property: Description(
        "share of the numbers between two layers that each step ignores; without effect where there is one layer")]
    [property: Range(0, 0.99)]
    double RecurrentDropout = 0,
    [property: Description("share of what the classifier sees that each step ignores, against overfitting")]
    [property: Range(0, 0.99)]
    double ReadoutDropout = 0)
{
    /// <summary>Whether the model reads its words in their order, which a bag does not.</summary>
    [JsonIgnore]
    public bool IsRecurrent => Cell != CellKind.Bag;

    /// <summary>1, or 2 when the model is bidirectional.</summary>
    [JsonIgnore]
    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>Gates of the cell: their weights stand below each other in one matrix. A bag has none.</summary>
    [JsonIgnore]
    public int Gates => Cell switch { CellKind.Lstm => 4, CellKind.Gru => 3, CellKind.Bag => 0, _ => 1 };

    /// <summary>
    /// Components of a time step's output: both directions side by side, or those of a bag's word vectors.
    /// </summary>
    [JsonIgnore]
    public int OutputSize => IsRecurrent ? Directions * HiddenSize : EmbeddingSize;

    /// <summary>Components of the vector that the classifier sees.</summary>
    [JsonIgnore]
    public int ReadoutSize => Readout == ReadoutKind.MaxMean ? 2 * OutputSize : OutputSize;

    /// <summary>Returns the configuration, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">
    /// A value is out of its range, or a bag is to do what takes an order.
    /// </exception>
    public ModelConfig Validated()
    {
        SettingRanges.Check(this, CheckpointJson.Default.ModelConfig);
        CheckBag();
        return this;
    }

    /// <summary>The name and the shape of every weight, in the order in which a text passes them.</summary>
    /// <param name="vocabularySize">Rows of the embedding.</param>
    /// <param name="outputs">
    /// Rows of the classifier: those of <see cref="LabelScores.LogitCount"/>, 1 for two labels.
    /// </param>
    public IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> WeightShapes(int vocabularySize, int outputs = 1)
    {
        List<(string, IReadOnlyList<long>)> shapes = [(WeightNames.Embedding, [vocabularySize, EmbeddingSize])];
        shapes.AddRange(IsRecurrent ? RecurrentShapes() : [(WeightNames.HiddenBias, [EmbeddingSize])]);
        if (Readout == ReadoutKind.Attention)
        {
            shapes.Add((WeightNames.AttentionProjection, [OutputSize, OutputSize]));
            shapes.Add((WeightNames.AttentionProjectionBias, [OutputSize]));
            shapes.Add((WeightNames.AttentionContext, [1, OutputSize]));
        }

        shapes.Add((WeightNames.Classifier, [outputs, ReadoutSize]));
        shapes.Add((WeightNames.ClassifierBias, [outputs]));
        return shapes;
    }

    private void CheckBag()
    {
        if (!IsRecurrent && (Bidirectional || Layers != 1 || Readout != ReadoutKind.Mean))
        {
            var json = CheckpointJson.Default;
            var bidirectional = JsonSerializer.Serialize(Bidirectional, json.Boolean);
            var readout = JsonSerializer.Serialize(Readout, json.ReadoutKind).Trim('"');
            throw new InvalidInputException(
                $"cell is bag with bidirectional={bidirectional}, layers={Layers} and readout={readout}, but a bag "
                + "knows no order: set bidirectional=false, layers=1 and readout=mean.");
        }
    }

    private IEnumerable<(string, IReadOnlyList<long>)> RecurrentShapes()
    {
        for (var layer = 0; layer < Layers; layer++)
        {
            var inputSize = layer == 0 ? EmbeddingSize : OutputSize;
            for (var direction = 0; direction < Directions; direction++)
            {
                var names = WeightNames.Recurrent(layer, reverse: direction == 1);
                yield return (names.InputWeights, [Gates * HiddenSize, inputSize]);
                yield return (names.RecurrentWeights, [Gates * HiddenSize, HiddenSize]);
                yield return (names.InputBias, [Gates * HiddenSize]);
                yield return (names.RecurrentBias, [Gates * HiddenSize]);
            }
        }
    }
}
