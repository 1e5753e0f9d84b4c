using System.Text.Json;
using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>PyTorch's results come from <c>build/torch-fixture.py</c>; the rest was worked out by hand.</summary>
public sealed class ReferenceEvaluatorTests
{
    // Both sides compute in double precision; only the order of sums differs.
    private const double Rounding = 1e-12;

    private static IEnumerable<TestCaseData> TorchCases()
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures/torch.json");
        var json = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        var texts = json.GetProperty("texts").EnumerateArray()
            .Select(text => text.EnumerateArray().Select(id => id.GetInt64()).ToArray()).ToArray();
        foreach (var item in json.GetProperty("cases").EnumerateArray())
        {
            var model = ModelOf(json, item);
            var logits = item.GetProperty("logits").EnumerateArray().Select(logit => logit.GetDouble()).ToArray();
            yield return new TestCaseData(model, json.GetProperty("vocabulary").GetInt32(), texts, logits)
                .SetArgDisplayNames(RandomCheckpoint.NameOf(model));
        }
    }

    [TestCaseSource(nameof(TorchCases))]
    public void Run_SmallModel_SameAsPyTorch(ModelConfig model, int vocabulary, long[][] texts, double[] logits)
    {
        var outputs = new ReferenceEvaluator(Checkpoint(model, vocabulary, Numbers())).Run(TokenBatch.Pad(texts, 9));
        Assert.That(outputs.Logits, Is.EqualTo(logits).Within(Rounding));
    }

    // One unit, one input, input 1, weights w, no recurrence in the first step (h = c = 0).
    // RNN: h = tanh(0.5 + 0.1 + 0.2) = tanh 0.8.
    [Test]
    public void Run_RnnOfOneUnit_ByHand() =>
        Assert.That(OneUnit(CellKind.Rnn, [0.5f], [9f], [0.1f], [0.2f]), Is.EqualTo(0.6640367702678490).Within(1e-7));

    // ReLU: max(0, -0.5 + 0.1 + 0.2) = 0.
    [Test]
    public void Run_ReluOfNegative_Zero() =>
        Assert.That(OneUnit(CellKind.Rnn, [-0.5f], [9f], [0.1f], [0.2f], RnnNonlinearity.Relu), Is.Zero);

    // LSTM with zero biases: i = σ(1) = 0.7310585786, f has no part, g = tanh(2) = 0.9640275801, o = σ(-1) =
    // 0.2689414214; c = i·g = 0.7047606335, h = o·tanh(c) = 0.2689414214 · 0.6073930520 = 0.1633531500 (all to ten
    // digits).
    [Test]
    public void Run_LstmOfOneUnit_ByHand() =>
        Assert.That(
            OneUnit(CellKind.Lstm, [1, 5, 2, -1], [9, 9, 9, 9], [0, 0, 0, 0], [0, 0, 0, 0]),
            Is.EqualTo(0.2689414214 * Math.Tanh(0.7310585786 * 0.9640275801)).Within(1e-9));

    // GRU: r = σ(1) = 0.7310585786, z = σ(-1) = 0.2689414214, n = tanh(0.3 + r·0.5), h = (1-z)·n.
    [Test]
    public void Run_GruOfOneUnit_ResetGateActsOnRecurrentBias() =>
        Assert.That(
            OneUnit(CellKind.Gru, [1, -1, 0.3f], [9, 9, 9], [0, 0, 0], [0, 0, 0.5f]),
            Is.EqualTo(0.7310585786 * Math.Tanh(0.3 + (0.7310585786 * 0.5))).Within(1e-7));

    // Word vectors 0.5, 1, 2 of ids 1, 2, 3: mean 3.5 / 3, bias -1 leaves 1/6, classifier 3 and 0.25 make 0.75; a bias
    // of -2 leaves 0.
    [TestCase(-1f, 0.75)]
    [TestCase(-2f, 0.25)]
    public void Run_Bag_ByHand(float bias, double logit)
    {
        float[] numbers = [9, 0.5f, 1, 2, bias, 3, 0.25f];
        var outputs = new ReferenceEvaluator(Checkpoint(RandomCheckpoint.Bag(embeddingSize: 1), 4, numbers))
            .Run(TokenBatch.Pad([[1, 2, 3]], 9));
        Assert.That(outputs.Logits.Single(), Is.EqualTo(logit).Within(Rounding));
    }

    // A text of one token: classifier weight 1, bias 0, so the logit is h.
    private static double OneUnit(
        CellKind cell, float[] w, float[] r, float[] wb, float[] rb,
        RnnNonlinearity nonlinearity = RnnNonlinearity.Tanh)
    {
        var model = new ModelConfig
        {
            Cell = cell,
            Nonlinearity = nonlinearity,
            Bidirectional = false,
            EmbeddingSize = 1,
            HiddenSize = 1,
        };
        float[] all = [1, 1, 1, 1, .. w, .. r, .. wb, .. rb, 1, 0];
        return new ReferenceEvaluator(Checkpoint(model, 4, all)).Run(TokenBatch.Pad([[1]])).Logits[0];
    }

    private static Checkpoint Checkpoint(ModelConfig model, int vocabulary, IEnumerable<float> numbers)
    {
        using var source = numbers.GetEnumerator();
        var weights = new Dictionary<string, SafetensorsTensor>();
        foreach (var (name, shape) in model.WeightShapes(vocabulary))
        {
            var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
            for (var i = 0; i < values.Length; i++)
            {
                Assert.That(source.MoveNext());
                values[i] = source.Current;
            }

            weights.Add(name, SafetensorsTensor.FromFloats(values, shape));
        }

        var words = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 1, HiddenSize = 1 }, 0, vocabulary);
        return new Checkpoint(words.Config with { Model = model }, words.Vocabulary, weights);
    }

    // The generator of build/torch-fixture.py.
    private static IEnumerable<float> Numbers()
    {
        var state = 20260L;
        while (true)
        {
            state = ((state * 1_103_515_245) + 12_345) % (1L << 31);
            yield return (float)((((state >> 8) % 2001) - 1000) / 1000.0);
        }
    }

    private static ModelConfig ModelOf(JsonElement json, JsonElement item) => new()
    {
        Cell = item.GetProperty("cell")
            .GetString() switch
        { "gru" => CellKind.Gru, "lstm" => CellKind.Lstm, _ => CellKind.Rnn },
        Nonlinearity = item.GetProperty("cell").GetString() == "rnn_relu" ? RnnNonlinearity.Relu : RnnNonlinearity.Tanh,
        Layers = item.GetProperty("layers").GetInt32(),
        Bidirectional = item.GetProperty("bidirectional").GetBoolean(),
        Readout = Enum.Parse<ReadoutKind>(item.GetProperty("readout").GetString()!.Replace("_", ""), ignoreCase: true),
        EmbeddingSize = json.GetProperty("embedding").GetInt32(),
        HiddenSize = json.GetProperty("hidden").GetInt32(),
    };
}
