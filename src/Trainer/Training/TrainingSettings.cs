using System.Text.Json.Serialization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>How the step size changes from the first step to the last.</summary>
public enum RateSchedule
{
    /// <summary>Not at all.</summary>
    [JsonStringEnumMemberName("constant")]
    Constant,

    /// <summary>Along half a cosine wave, from the learning rate to nothing (Loshchilov and Hutter, ICLR 2017).</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,
}

/// <summary>How a network is fitted.</summary>
public sealed record TrainingSettings
{
    /// <summary>Largest number of passes over the training texts.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Texts of one step.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Step size of Adam (Kingma and Ba, ICLR 2015).</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the step size changes over all epochs.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Constant;

    /// <summary>Step size of the embedding, as a share of the others': below 1 for word vectors that are good already.</summary>
    public double EmbeddingRate { get; init; } = 1;

    /// <summary>Share of the words of a training text that are replaced by the unknown word, anew in every epoch.</summary>
    public double WordDropout { get; init; }

    /// <summary>
    /// How much of the average of the weights over all steps is kept at a step, as in 0.999; the averaged weights are those
    /// that are validated and kept (Polyak and Juditsky, 1992). 0: no average.
    /// </summary>
    public double Averaging { get; init; }

    /// <summary>Largest norm of the gradient over all weights; longer ones are scaled down to it. 0: no limit.</summary>
    public double GradientClip { get; init; }

    /// <summary>
    /// Whether the logits are divided, at the end, by the temperature that fits the validation texts best, from 0.25 to 4 (Guo et
    /// al., ICML 2017): probabilities then mean what they say. Changes no decision.
    /// </summary>
    public bool Calibrate { get; init; }

    /// <summary>Share of the train split, label by label, that is not trained on but chooses the epoch.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Epochs without a lower validation loss after which training ends. 0: all epochs are run.</summary>
    public int Patience { get; init; }

    /// <summary>Seed of everything random: initial weights, validation slice, order of the texts, dropout.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch; 0: one a core. The same number gives the same weights again.</summary>
    public int Threads { get; init; }

    /// <summary>Returns the settings, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public TrainingSettings Validated()
    {
        Guard.InRange("epochs", Epochs, 1, 10_000);
        Guard.InRange("batch_size", BatchSize, 1, 65_536);
        Guard.InRange("learning_rate", LearningRate, 1e-9, 10);
        Guard.InRange("embedding_rate", EmbeddingRate, 0, 1_000);
        Guard.InRange("word_dropout", WordDropout, 0, 0.99);
        Guard.InRange("averaging", Averaging, 0, 0.99999);
        Guard.InRange("gradient_clip", GradientClip, 0, 1e9);
        Guard.InRange("validation_fraction", ValidationFraction, 0.001, 0.9);
        Guard.InRange("patience", Patience, 0, 10_000);
        Guard.InRange("threads", Threads, 0, 1024);
        return this;
    }
}
