using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// How word vectors are made from texts before the network is trained: skip-gram with negative sampling (Mikolov et
/// al., NIPS 2013). Labels play no part.
/// </summary>
public sealed record VectorSettings
{
    /// <summary>Passes over the texts. 0: no vectors are made, and the embedding begins with random numbers.</summary>
    [Description(
        "passes over all texts in which words get numbers from their neighbours, before labels are looked at; 0: " +
        "none")]
    [Range(0, 1_000)]
    public int VectorEpochs { get; init; }

    /// <summary>
    /// Largest distance, in words, at which two words are neighbors; each word draws its own from 1 to this.
    /// </summary>
    [Description("words to each side that count as neighbours")]
    [Range(1, 100)]
    public int VectorWindow { get; init; } = 8;

    /// <summary>Words drawn at random against each word and its neighbors.</summary>
    [Description("words drawn at random against each pair of neighbours")]
    [Range(1, 100)]
    public int VectorNegatives { get; init; } = 5;

    /// <summary>Step size at the start; it falls in a straight line to nearly nothing.</summary>
    [Description("step size of these passes at their start")]
    [Range(1e-6, 1)]
    public double VectorRate { get; init; } = 0.025;

    /// <summary>
    /// Share of all words over which a word counts as frequent and is left out, the more often the more frequent it is.
    /// </summary>
    [Description("share of all words from which on a word is so frequent that some of its places are left out")]
    [Range(1e-9, 1)]
    public double VectorSubsampling { get; init; } = 1e-4;

    /// <summary>Returns the settings, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public VectorSettings Validated()
    {
        SettingRanges.Check(this, RecipeJson.Default.VectorSettings);
        return this;
    }
}
