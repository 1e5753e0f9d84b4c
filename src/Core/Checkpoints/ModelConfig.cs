using System.Text.Json.Serialization;

namespace OnnxSentiment.Core.Checkpoints;

/// <summary>The recurrent cell.</summary>
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
    /// <summary>The last state of the forward direction beside that of the backward one, which is the first token's.</summary>
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
/// The architecture: embedding, recurrent layers, readout, linear classifier. It names every weight and its shape, with
/// PyTorch's parameter names and gate orders (LSTM: input, forget, cell, output; GRU: reset, update, new).
/// </summary>
/// <remarks>Positional, because System.Text.Json fills a missing key with the default of a parameter, but not with that of an
/// <c>init</c> property.</remarks>
/// <param name="Cell">The recurrent cell.</param>
/// <param name="Nonlinearity">The activation where <paramref name="Cell"/> is <see cref="CellKind.Rnn"/>.</param>
/// <param name="Bidirectional">Whether a second set of weights reads each text from its end.</param>
/// <param name="Layers">Stacked recurrent layers, 1 to 4.</param>
/// <param name="EmbeddingSize">Components of a word's vector.</param>
/// <param name="HiddenSize">Components of the state of one direction.</param>
/// <param name="Readout">How the states of all time steps become one vector.</param>
/// <param name="EmbeddingDropout">Share of the embedding's outputs set to zero while training.</param>
/// <param name="RecurrentDropout">Share of the outputs set to zero between recurrent layers while training.</param>
/// <param name="ReadoutDropout">Share of the readout set to zero before the classifier while training.</param>
public sealed record ModelConfig(
    CellKind Cell = CellKind.Lstm,
    RnnNonlinearity Nonlinearity = RnnNonlinearity.Tanh,
    bool Bidirectional = true,
    int Layers = 1,
    int EmbeddingSize = 128,
    int HiddenSize = 64,
    ReadoutKind Readout = ReadoutKind.Last,
    double EmbeddingDropout = 0,
    double RecurrentDropout = 0,
    double ReadoutDropout = 0)
{
    /// <summary>1, or 2 when the model is bidirectional.</summary>
    [JsonIgnore]
    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>Gates of the cell: their weights stand below each other in one matrix.</summary>
    [JsonIgnore]
    public int Gates => Cell switch { CellKind.Lstm => 4, CellKind.Gru => 3, _ => 1 };

    /// <summary>Components of a time step's output: both directions side by side.</summary>
    [JsonIgnore]
    public int OutputSize => Directions * HiddenSize;

    /// <summary>Components of the vector that the classifier sees.</summary>
    [JsonIgnore]
    public int ReadoutSize => Readout == ReadoutKind.MaxMean ? 2 * OutputSize : OutputSize;

    /// <summary>Returns the configuration, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public ModelConfig Validated()
    {
        Settings.InRange("layers", Layers, 1, 4);
        Settings.InRange("embedding_size", EmbeddingSize, 1, 65_536);
        Settings.InRange("hidden_size", HiddenSize, 1, 65_536);
        Settings.InRange("embedding_dropout", EmbeddingDropout, 0, 0.99);
        Settings.InRange("recurrent_dropout", RecurrentDropout, 0, 0.99);
        Settings.InRange("readout_dropout", ReadoutDropout, 0, 0.99);
        return this;
    }

    /// <summary>The name and the shape of every weight, in the order in which a text passes them.</summary>
    /// <param name="vocabularySize">Rows of the embedding.</param>
    /// <param name="outputs">Rows of the classifier: those of <see cref="Models.LabelScores.OutputsFor"/>, 1 for two labels.</param>
    public IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> WeightShapes(int vocabularySize, int outputs = 1)
    {
        var shapes = new List<(string, IReadOnlyList<long>)> { (WeightNames.Embedding, [vocabularySize, EmbeddingSize]) };
        for (var layer = 0; layer < Layers; layer++)
        {
            var inputSize = layer == 0 ? EmbeddingSize : OutputSize;
            for (var direction = 0; direction < Directions; direction++)
            {
                var names = WeightNames.Recurrent(layer, reverse: direction == 1);
                shapes.Add((names.InputWeights, [Gates * HiddenSize, inputSize]));
                shapes.Add((names.RecurrentWeights, [Gates * HiddenSize, HiddenSize]));
                shapes.Add((names.InputBias, [Gates * HiddenSize]));
                shapes.Add((names.RecurrentBias, [Gates * HiddenSize]));
            }
        }

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
}
