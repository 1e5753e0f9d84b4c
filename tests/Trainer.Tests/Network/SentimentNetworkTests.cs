using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

public class SentimentNetworkTests
{
    private const int VocabularySize = 50;

    private static IEnumerable<ModelConfig> AllShapes() =>
        from cell in Enum.GetValues<CellKind>()
        from bidirectional in new[] { false, true }
        from layers in new[] { 1, 3 }
        from readout in Enum.GetValues<ReadoutKind>()
        where cell != CellKind.Bag || (!bidirectional && layers == 1 && readout == ReadoutKind.Mean)
        select new ModelConfig
        {
            Cell = cell,
            Bidirectional = bidirectional,
            Layers = layers,
            Readout = readout,
            EmbeddingSize = 5,
            HiddenSize = 3,
        };

    [TestCaseSource(nameof(AllShapes))]
    public void NamedWeights_EveryShape_AreThoseOfTheConfiguration(ModelConfig config)
    {
        using var network = new SentimentNetwork(config, VocabularySize);
        Assert.That(
            network.NamedWeights().Select(w => $"{w.Name} {string.Join('x', w.Parameter.shape)}"),
            Is.EqualTo(config.WeightShapes(VocabularySize).Select(w => $"{w.Name} {string.Join('x', w.Shape)}")));
        Assert.That(network.parameters().Count(), Is.EqualTo(network.NamedWeights().Count),
            "parameters that no name stands for");
    }

    [TestCaseSource(nameof(AllShapes))]
    public void Predict_OtherTextsAndMorePaddingInTheBatch_ChangesNothing(ModelConfig config)
    {
        manual_seed(7);
        using var network = new SentimentNetwork(config, VocabularySize);
        long[][] texts = [[1, 5, 9, 4], [1], [1, 3, 7, 8, 20, 11, 6, 30, 40]];
        var alone = texts.Select(text => network.Predict(TokenBatch.Pad([text]))[0]).ToArray();
        var together = network.Predict(TokenBatch.Pad(texts, minimumSequenceLength: 20));
        Assert.That(together, Is.EqualTo(alone).Within(1e-6f));
        Assert.That(alone.Distinct().Count(), Is.GreaterThan(1), "the network tells nothing apart");
    }

    // Padding is a word too, to ReLU: over these steps its states overflow.
    [TestCase(ReadoutKind.Last)]
    [TestCase(ReadoutKind.Max)]
    [TestCase(ReadoutKind.Mean)]
    [TestCase(ReadoutKind.MaxMean)]
    [TestCase(ReadoutKind.Attention)]
    public void Predict_StatesThatOverflowOverPadding_ChangeNothing(ReadoutKind readout)
    {
        manual_seed(7);
        var config = new ModelConfig
        {
            Cell = CellKind.Rnn,
            Nonlinearity = RnnNonlinearity.Relu,
            Layers = 2,
            Readout = readout,
            EmbeddingSize = 5,
            HiddenSize = 3,
        };
        using var network = new SentimentNetwork(config, VocabularySize);
        foreach (var (name, weight) in network.CopyWeights()
            .Where(weight => weight.Key.Contains("weight_hh", StringComparison.Ordinal)))
        {
            network.SetWeight(name, SafetensorsTensor.FromFloats([4, 0, 0, 0, 4, 0, 0, 0, 4], weight.Shape));
        }

        long[][] texts = [[1, 5, 9, 4], [1, 3]];
        var alone = texts.Select(text => network.Predict(TokenBatch.Pad([text]))[0]).ToArray();
        Assert.That(
            network.Predict(TokenBatch.Pad(texts, minimumSequenceLength: 100)), Is.EqualTo(alone).Within(1e-4f));
    }

    [Test]
    public void Vectors_InTraining_LackTheSameComponentsAtEveryWordOfAText()
    {
        manual_seed(7);
        using var network = new SentimentNetwork(
            new ModelConfig { EmbeddingSize = 40, HiddenSize = 3, EmbeddingDropout = 0.5 }, VocabularySize);
        var batch = SequenceBatch.From(TokenBatch.Pad([[1, 5, 9, 4], [1, 3, 7, 8]]));
        network.train();
        var dropped = network.Vectors(batch).eq(0);
        Assert.Multiple(() =>
        {
            Assert.That(dropped.eq(dropped[0].unsqueeze(0)).all().item<bool>(), "another word lacks other components");
            Assert.That(
                dropped[0, 0].eq(dropped[0, 1]).all().item<bool>(), Is.False, "both texts lack the same components");
            Assert.That(dropped[0].to_type(ScalarType.Float32).mean().item<float>(), Is.EqualTo(0.5f).Within(0.2f));
        });
    }

    [Test]
    public void Predict_SeveralOutputsAndUnequalLengths_KeepsTheRowsInOrder()
    {
        using var network =
            new SentimentNetwork(new ModelConfig { EmbeddingSize = 5, HiddenSize = 3 }, VocabularySize, logits: 3);
        long[][] texts = [[1, 5, 9, 4], [1], [1, 3, 7, 8, 20, 11, 6, 30, 40], [1, 2]];
        var alone = texts.SelectMany(text => network.Predict(TokenBatch.Pad([text]))).ToArray();
        Assert.That(alone, Has.Length.EqualTo(12));
        Assert.That(network.Predict(texts).SelectMany(row => row), Is.EqualTo(alone).Within(1e-6f));
    }

    [Test]
    public void SetWeights_CopyOfAnother_ComputesTheSame()
    {
        var config = new ModelConfig { EmbeddingSize = 5, HiddenSize = 3, Readout = ReadoutKind.Attention };
        using var original = new SentimentNetwork(config, VocabularySize);
        using var copy = new SentimentNetwork(config, VocabularySize);
        var batch = TokenBatch.Pad([[1, 4, 5], [1, 6]]);
        Assert.That(copy.Predict(batch), Is.Not.EqualTo(original.Predict(batch)));
        copy.SetWeights(original.CopyWeights());
        Assert.That(copy.Predict(batch), Is.EqualTo(original.Predict(batch)));
    }

    [Test]
    public void Constructor_Lstm_HasKerasInitialWeights()
    {
        var config = new ModelConfig { EmbeddingSize = 12, HiddenSize = 4 };
        manual_seed(1);
        using var network = new SentimentNetwork(config, VocabularySize);
        var weights = network.CopyWeights();

        Assert.That(weights["embedding.weight"].AsFloats().ToArray(), Is.All.InRange(-0.05f, 0.05f));
        // Glorot and Bengio 2010: the limit is sqrt(6 / (inputs + outputs)), the outputs of all four gates together.
        var limit = (float)Math.Sqrt(6.0 / (12 + 16));
        var kernel = weights["recurrent.weight_ih_l0_reverse"].AsFloats().ToArray();
        Assert.That(kernel, Is.All.InRange(-limit, limit));
        Assert.That(kernel.Max(), Is.GreaterThan(0.8f * limit));
        Assert.That(weights["recurrent.bias_ih_l0"].AsFloats().ToArray(),
            Is.EqualTo(new float[] { 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0 }));
        Assert.That(weights["recurrent.bias_hh_l0"].AsFloats().ToArray(), Is.All.Zero);
        Assert.That(weights["classifier.bias"].AsFloats().ToArray(), Is.All.Zero);
        AssertOrthonormalColumns(weights["recurrent.weight_hh_l0"].AsFloats(), rows: 16, columns: 4);
    }

    // Word vectors (1, -3) of id 4 and (3, 1) of id 5, the start's all zero: their mean is (4/3, -2/3); with the bias
    // (1, 0) and ReLU (7/3, 0); times (3, 9), plus 1: 8.
    [Test]
    public void Predict_Bag_IsTheMeanWithBiasAndRelu()
    {
        var config = new ModelConfig
        {
            Cell = CellKind.Bag,
            Bidirectional = false,
            Readout = ReadoutKind.Mean,
            EmbeddingSize = 2
        };
        using var network = new SentimentNetwork(config, vocabularySize: 6);
        network.SetWeights(new Dictionary<string, SafetensorsTensor>
        {
            ["embedding.weight"] = SafetensorsTensor.FromFloats([9, 9, 0, 0, 9, 9, 9, 9, 1, -3, 3, 1], [6, 2]),
            ["hidden.bias"] = SafetensorsTensor.FromFloats([1, 0], [2]),
            ["classifier.weight"] = SafetensorsTensor.FromFloats([3, 9], [1, 2]),
            ["classifier.bias"] = SafetensorsTensor.FromFloats([1], [1]),
        });
        Assert.That(network.Predict(TokenBatch.Pad([[1, 4, 5], [1, 5, 4]], minimumSequenceLength: 9)),
            Is.EqualTo(new[] { 8f, 8f }).Within(1e-5f));
    }

    private static void AssertOrthonormalColumns(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        for (var a = 0; a < columns; a++)
        {
            for (var b = 0; b < columns; b++)
            {
                var product = 0.0;
                for (var row = 0; row < rows; row++)
                {
                    product += (double)matrix[(row * columns) + a] * matrix[(row * columns) + b];
                }

                Assert.That(product, Is.EqualTo(a == b ? 1.0 : 0.0).Within(1e-5), $"columns {a} and {b}");
            }
        }
    }
}
