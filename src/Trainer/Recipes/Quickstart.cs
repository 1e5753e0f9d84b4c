using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>A small bidirectional LSTM for the embedded corpus: trains in seconds.</summary>
internal static class Quickstart
{
    internal static TrainingRecipe Recipe => new()
    {
        Text = new TextSettings
        {
            Tokenizer = TokenizerKind.Keras, // lower-cased words without punctuation
            VocabularySize = 2_000,          // more than the corpus has: no word of it is unknown
            MaximumLength = 64,              // longer than any text of the corpus
        },
        Model = new ModelConfig
        {
            Cell = CellKind.Lstm,            // four gates, no peepholes
            Bidirectional = true,            // "but" changes what stands before it
            Layers = 1,                      // not stacked
            EmbeddingSize = 32,              // components of a word's vector
            HiddenSize = 32,                 // components of the state of each direction
            Readout = ReadoutKind.MaxMean,   // sees every position, so it learns faster than the last state
            EmbeddingDropout = 0.2,          // keeps single words from deciding alone
            RecurrentDropout = 0,            // nothing to drop between: one layer
            ReadoutDropout = 0.3,            // before the last, linear layer
        },
        Training = new TrainingSettings
        {
            Epochs = 20,                     // the grammar is learned in ten to twenty
            BatchSize = 32,                  // small corpus: many small steps
            LearningRate = 2e-3,             // Adam's, constant
            GradientClip = 1,                // the rate is high
            ValidationFraction = 0.1,        // chooses the epoch
            Patience = 4,                    // ends early when nothing improves
            Seed = 1,                        // of initial weights, validation slice, order and dropout
            Threads = 0,                     // one a core
        },
    };
}
