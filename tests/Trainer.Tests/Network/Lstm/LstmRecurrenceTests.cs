using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>A network computes the same by our LSTM as by libtorch's, whatever it computed before.</summary>
public class LstmRecurrenceTests
{
    private const int VocabularySize = 30;

    // Single precision over nine steps and two layers.
    private const double Tolerance = 1e-5;

    [TestCase(ReadoutKind.Last)]
    [TestCase(ReadoutKind.MaxMean)]
    public void Backward_AfterAForwardPassThatWasGivenUp_GivesLibtorchsGradients(ReadoutKind readout)
    {
        using var scope = NewDisposeScope();
        using var workers = new TorchWorkers(2);
        var config = new ModelConfig { Layers = 2, Readout = readout, EmbeddingSize = 5, HiddenSize = 3 };
        manual_seed(5);
        using var libtorchs = new SentimentNetwork(config, VocabularySize);
        using var ours = new SentimentNetwork(config, VocabularySize, workers: workers);
        ours.SetWeights(libtorchs.CopyWeights());
        var texts = TokenBatch.Pad([[1, 5, 9, 4], [1], [1, 3, 7, 8, 20, 11, 6, 25, 29]]);

        ours.Logits(TokenBatch.Pad([[1, 2, 3]]));
        var (expected, actual) = (Gradients(libtorchs, texts), Gradients(ours, texts));

        Assert.That(expected.Max(Math.Abs), Is.GreaterThan(0.01), "the gradients are no test");
        Assert.That(actual, Is.EqualTo(expected).Within(Tolerance));
    }

    private static float[] Gradients(SentimentNetwork network, TokenBatch texts)
    {
        network.Backward(network.Logits(texts).sum());
        return [.. network.NamedWeights().SelectMany(weight => weight.Parameter.grad!.data<float>().ToArray())];
    }
}
