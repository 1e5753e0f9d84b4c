using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>How the step size changes from the first step to the last.</summary>
public enum RateSchedule
{
    /// <summary>Not at all.</summary>
    [JsonStringEnumMemberName("constant")]
    Constant,

    /// <summary>
    /// Along half a cosine wave, from the learning rate to nothing (Loshchilov and Hutter, ICLR 2017).
    /// </summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,
}

/// <summary>How a network is fitted.</summary>
public sealed record TrainingSettings
{
    /// <summary>Largest number of passes over the training texts.</summary>
    [Description("passes over the training texts, at most; the best one is kept")]
    [Range(1, 10_000)]
    public int Epochs { get; init; } = 12;

    /// <summary>Texts of one step.</summary>
    [Description("texts of one step: fewer learn more from few texts, more are faster")]
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Step size of Adam (Kingma and Ba, ICLR 2015).</summary>
    [Description("size of Adam's steps: halve it when the loss jumps, double it when it hardly falls")]
    [Range(1e-9, 10)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the step size changes over all epochs.</summary>
    [Description("constant, or cosine: the step size falls to nothing over all epochs, so that the last ones settle")]
    public RateSchedule Schedule { get; init; } = RateSchedule.Constant;

    /// <summary>
    /// Step size of the embedding, as a share of the others': below 1 for word vectors that are good already.
    /// </summary>
    [Description("step size of the words' numbers as a share of learning_rate: below 1 where they are good already")]
    [Range(0, 1_000)]
    public double EmbeddingRate { get; init; } = 1;

    /// <summary>
    /// Share of the words of a training text that are replaced by the unknown word, anew in every epoch.
    /// </summary>
    [Description("share of the words that each step takes for unknown, against overfitting")]
    [Range(0, 0.99)]
    public double WordDropout { get; init; }

    /// <summary>
    /// How much of the average of the weights over all steps is kept at a step, as in 0.999; the averaged weights are
    /// those that are validated and kept (Polyak and Juditsky, 1992). 0: no average.
    /// </summary>
    [Description(
        "how much of the average of all weights so far each step keeps, as in 0.99; the average is what is kept; " +
        "0: none")]
    [Range(0, 0.99999)]
    public double Averaging { get; init; }

    /// <summary>
    /// Largest norm of the gradient over all weights; longer ones are scaled down to it. 0: no limit.
    /// </summary>
    [Description("length that a step's gradient is shortened to: 1 steadies a training that jumps; 0: no limit")]
    [Range(0, 1e9)]
    public double GradientClip { get; init; }

    /// <summary>
    /// Whether the logits are divided, at the end, by the temperature that fits the validation texts best, from 0.25 to
    /// 4 (Guo et al., ICML 2017): probabilities then mean what they say. Changes no decision.
    /// </summary>
    [Description(
        "whether probabilities are scaled at the end so that they mean what they say, by the validation texts")]
    public bool Calibrate { get; init; }

    /// <summary>Share of the train split, label by label, that is not trained on but chooses the epoch.</summary>
    [Description("share of the training texts that chooses the best epoch instead")]
    [Range(0.001, 0.9)]
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Epochs without a lower validation loss after which training ends. 0: all epochs are run.</summary>
    [Description("epochs without a better one after which training ends; 0: all epochs are run")]
    [Range(0, 10_000)]
    public int Patience { get; init; }

    /// <summary>Seed of everything random: initial weights, validation slice, order of the texts, dropout.</summary>
    [Description("starts everything random; the same seed and number of threads give the same model")]
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch; 0: one a core. The same number gives the same weights again.</summary>
    [Description("processor cores to use; 0: all")]
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Returns the settings, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public TrainingSettings Validated()
    {
        SettingRanges.Check(this, RecipeJson.Default.TrainingSettings);
        return this;
    }
}
