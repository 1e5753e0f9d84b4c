using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Aims at the accuracy that a network of <see cref="KerasTutorial"/>'s size can reach on film reviews: what it adds is
/// training, not computation.
/// </summary>
internal static class Imdb
{
    internal static TrainingRecipe Recipe => new()
    {
        Text = new TextSettings
        {
            Tokenizer = TokenizerKind.KerasPunctuation, // "!" and "?" say something
            VocabularySize = 20_000,         // ids, the three special ones included
            MaximumLength = 600,             // ids of a text, its start id included; the end of a longer one is kept
        },
        Model = new ModelConfig
        {
            Cell = CellKind.Lstm,            // four gates, no peepholes
            Bidirectional = true,            // one set of weights for each direction
            Layers = 1,                      // not stacked
            EmbeddingSize = 100,             // components of a word's vector
            HiddenSize = 80,                 // components of the state of each direction
            Readout = ReadoutKind.MaxMean,   // sees every position
            EmbeddingDropout = 0.5,          // of the vectors' components
            RecurrentDropout = 0,            // nothing to drop between: one layer
            ReadoutDropout = 0.3,            // before the last, linear layer
        },
        Vectors = new VectorSettings
        {
            VectorEpochs = 5,                // passes over all texts of the train split
            VectorWindow = 8,                // words to each side
        },
        Training = new TrainingSettings
        {
            Epochs = 10,                     // of the network that learns from labeled texts alone
            BatchSize = 128,                 // texts a step
            LearningRate = 3e-3,             // Adam's at the start
            Schedule = RateSchedule.Cosine,  // down to nothing
            EmbeddingRate = 0.3,             // the vectors are good already
            WordDropout = 0.1,               // of the words are unknown to the network while it learns
            Averaging = 0.99,                // over the last hundred steps
            GradientClip = 1,                // the rate is high
            Calibrate = true,                // a temperature for the logits, folded into the last layer
            ValidationFraction = 0.1,        // 2,500 of 25,000 train reviews choose the epoch and weigh the teachers
            Patience = 0,                    // all epochs are run: the schedule is made for them
            Seed = 1,                        // of everything random
            Threads = 0,                     // one a core
        },
        Teacher = new TeacherSettings
        {
            TeacherRounds = 1,               // a second labeling, with the first's pupil as a teacher, hardly pays
            TeacherNetworks = 1,             // that labels, beside the n-grams
            TeacherNgrams = 3,               // words of the longest n-gram
            TeacherEpochs = 6,               // of the network that learns from all texts
            TeacherDropout = 0.2,            // of the vectors' components, for that network
        },
    };
}
