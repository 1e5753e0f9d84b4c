using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The bidirectional LSTM of the widely read Keras tutorial on IMDB reviews. The tutorial leaves the batch size unsaid;
/// ours is written down.
/// </summary>
internal static class KerasTutorial
{
    internal static TrainingRecipe Recipe => new()
    {
        Text = new TextSettings
        {
            Tokenizer = TokenizerKind.Keras, // lower-cased words without punctuation, as Keras' own IMDB data
            VocabularySize = 10_000,         // ids, the three special ones included
            MaximumLength = 200,             // ids of a text, its start id included; the end of a longer one is kept
        },
        Model = new ModelConfig
        {
            Cell = CellKind.Lstm,            // four gates, no peepholes
            Bidirectional = true,            // one set of weights for each direction
            Layers = 1,                      // not stacked
            EmbeddingSize = 128,             // components of a word's vector
            HiddenSize = 64,                 // components of the state of each direction
            Readout = ReadoutKind.Last,      // last state of both directions: 128 components
            EmbeddingDropout = 0,            // none
            RecurrentDropout = 0,            // nothing to drop between: one layer
            ReadoutDropout = 0.5,            // before the last, linear layer
        },
        Training = new TrainingSettings
        {
            Epochs = 12,                     // the best is one of the first three: later ones overfit
            BatchSize = 128,                 // texts a step
            LearningRate = 1e-3,             // Adam's, constant
            GradientClip = 0,                // no limit
            ValidationFraction = 0.1,        // 2,500 of the 25,000 train reviews choose the epoch
            Patience = 0,                    // all epochs are run, so that the curves show the overfitting
            Seed = 1,                        // of initial weights, validation slice, order and dropout
            Threads = 0,                     // one a core
        },
    };
}
