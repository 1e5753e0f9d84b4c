using System.Globalization;

namespace OnnxSentiment.Trainer;

/// <summary>
/// What each setting of a recipe means, and the bounds of those that are numbers: the one place that help, listings and
/// documents take it from. The records check the bounds themselves; a test holds the two together.
/// </summary>
internal static class SettingTable
{
    private static readonly Dictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        // Text
        ["tokenizer"] = new("how texts are cut into words: keras drops punctuation, keras-punctuation makes words of it"),
        ["vocabulary_size"] = new("how many words are told apart, the most frequent ones, three special ids included; others are unknown", 4, 10_000_000),
        ["maximum_length"] = new("how many words of a text are read, the last ones; training time grows with it", 2, 10_000),

        // Model
        ["cell"] = new("the recurrent cell: lstm remembers longest, gru is smaller, rnn forgets soon; bag sees words without their order"),
        ["nonlinearity"] = new("the activation of cell=rnn; the other cells have fixed ones"),
        ["bidirectional"] = new("whether texts are read from their end too"),
        ["layers"] = new("recurrent layers on top of each other", 1, 4),
        ["embedding_size"] = new("numbers that describe a word", 1, 65_536),
        ["hidden_size"] = new("numbers that the cell remembers, in each direction; more learn more, overfit sooner and take longer", 1, 65_536),
        ["readout"] = new("what the classifier sees: the state after the last word, or the largest, mean, both or weighted mean over all words"),
        ["embedding_dropout"] = new("share of the words' numbers that each step ignores, the same ones in all words of a text, against overfitting", 0, 0.99),
        ["recurrent_dropout"] = new("share of the numbers between two layers that each step ignores; without effect where there is one layer", 0, 0.99),
        ["readout_dropout"] = new("share of what the classifier sees that each step ignores, against overfitting", 0, 0.99),

        // Training
        ["epochs"] = new("passes over the training texts, at most; the best one is kept", 1, 10_000),
        ["batch_size"] = new("texts of one step: fewer learn more from few texts, more are faster", 1, 65_536),
        ["learning_rate"] = new("size of Adam's steps: halve it when the loss jumps, double it when it hardly falls", 1e-9, 10),
        ["schedule"] = new("constant, or cosine: the step size falls to nothing over all epochs, so that the last ones settle"),
        ["embedding_rate"] = new("step size of the words' numbers as a share of learning_rate: below 1 where they are good already", 0, 1_000),
        ["word_dropout"] = new("share of the words that each step takes for unknown, against overfitting", 0, 0.99),
        ["averaging"] = new("how much of the average of all weights so far each step keeps, as in 0.99; the average is what is kept; 0: none", 0, 0.99999),
        ["gradient_clip"] = new("length that a step's gradient is shortened to: 1 steadies a training that jumps; 0: no limit", 0, 1e9),
        ["calibrate"] = new("whether probabilities are scaled at the end so that they mean what they say, by the validation texts"),
        ["validation_fraction"] = new("share of the training texts that chooses the best epoch instead", 0.001, 0.9),
        ["patience"] = new("epochs without a better one after which training ends; 0: all epochs are run", 0, 10_000),
        ["seed"] = new("starts everything random; the same seed and number of threads give the same model", int.MinValue, int.MaxValue),
        ["threads"] = new("processor cores to use; 0: all", 0, 1024),

        // Vectors
        ["vector_epochs"] = new("passes over all texts in which words get numbers from their neighbours, before labels are looked at; 0: none", 0, 1_000),
        ["vector_window"] = new("words to each side that count as neighbours", 1, 100),
        ["vector_negatives"] = new("words drawn at random against each pair of neighbours", 1, 100),
        ["vector_rate"] = new("step size of these passes at their start", 1e-6, 1),
        ["vector_subsampling"] = new("share of all words from which on a word is so frequent that some of its places are left out", 1e-9, 1),

        // Teacher
        ["teacher_rounds"] = new("how often texts without labels are labelled, each time by better teachers; 0: they serve the words' numbers alone", 0, 10),
        ["teacher_networks"] = new("networks that teach in the first round, beside a classifier of phrases", 1, 10),
        ["teacher_ngrams"] = new("words of the longest phrase that the classifier of phrases knows", 1, 5),
        ["teacher_epochs"] = new("passes over texts with and without labels together, for each network that learns from both", 1, 10_000),
        ["teacher_dropout"] = new("what embedding_dropout is to each network that learns from both", 0, 0.99),
    };

    /// <summary>The names, in the order of a recipe.</summary>
    internal static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>The entry of a setting.</summary>
    internal static Entry Of(string name) => Entries[name];

    /// <summary>A setting's meaning and, for numbers, its bounds.</summary>
    /// <param name="Meaning">In a few words, for someone who has never trained a network.</param>
    /// <param name="Minimum">The smallest value; null where the type says what is possible.</param>
    /// <param name="Maximum">The largest value; null likewise.</param>
    internal sealed record Entry(string Meaning, double? Minimum = null, double? Maximum = null)
    {
        /// <summary>The bounds in words; null where there are none.</summary>
        internal string? Range =>
            (Minimum, Maximum) is (int.MinValue, int.MaxValue) ? "any whole number"
            : Minimum is { } low && Maximum is { } high ? $"{Format(low)} to {Format(high)}"
            : null;

        private static string Format(double value) => value.ToString(
            value == 0 || (Math.Abs(value) is >= 1e-3 and < 1e9) ? "#,0.####" : "0.#e0", CultureInfo.InvariantCulture);
    }
}
