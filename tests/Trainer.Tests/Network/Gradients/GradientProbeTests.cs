using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Trainer.Tests;

public class GradientProbeTests
{
    private const int Seed = 61;

    // Both sides are in double precision; the central difference errs by its step squared.
    private const double Tolerance = 1e-8;

    private static readonly long[] Text = [1, 7, 3, 9, 4, 12];
    private static readonly float[] SoftLabel = [0.3f];
    private static readonly float[] Distribution = [0.2f, 0.7f, 0.1f];

    private static ModelConfig Model(CellKind cell) =>
        new() { Cell = cell, Bidirectional = false, Readout = ReadoutKind.Last, EmbeddingSize = 4, HiddenSize = 3 };

    // h_t = tanh(w·x_t + r·h_(t-1) + b) with one unit, logit = k·h_T + d, loss = cross-entropy with target 1:
    // dL/dh_T = (σ(logit) - 1)·k, and each step back multiplies by r·(1 - h²) of the step that is left.
    [Test]
    public void Measure_RnnOfOneUnit_IsTheClosedForm()
    {
        const double r = 0.9f, k = -1.5f, d = 0.25f;
        float[] x = [0, 0.5f, -0.25f, 1];
        var weights = new Dictionary<string, SafetensorsTensor>
        {
            ["embedding.weight"] = SafetensorsTensor.FromFloats(x, [4, 1]),
            ["recurrent.weight_ih_l0"] = SafetensorsTensor.FromFloats([1], [1, 1]),
            ["recurrent.weight_hh_l0"] = SafetensorsTensor.FromFloats([(float)r], [1, 1]),
            ["recurrent.bias_ih_l0"] = SafetensorsTensor.FromFloats([0], [1]),
            ["recurrent.bias_hh_l0"] = SafetensorsTensor.FromFloats([0], [1]),
            ["classifier.weight"] = SafetensorsTensor.FromFloats([(float)k], [1, 1]),
            ["classifier.bias"] = SafetensorsTensor.FromFloats([(float)d], [1]),
        };
        var h1 = Math.Tanh(0.5);
        var h2 = Math.Tanh(-0.25 + (r * h1));
        var h3 = Math.Tanh(1 + (r * h2));
        var last = ((1 / (1 + Math.Exp(-((k * h3) + d)))) - 1) * k;
        var before = last * r * (1 - (h3 * h3));
        var first = before * r * (1 - (h2 * h2));

        var norms = GradientProbe.Measure(
            Model(CellKind.Rnn) with { EmbeddingSize = 1, HiddenSize = 1 }, weights, [[1, 2, 3]], [[1f]], steps: 3);

        Assert.That(norms.Hidden, Is.EqualTo(new[] { last, before, first }.Select(Math.Abs)).Within(1e-14));
        Assert.That(norms.Cell, Is.Null);
    }

    [Test]
    public void Measure_EveryCell_IsTheFiniteDifference(
        [Values(CellKind.Rnn, CellKind.Gru, CellKind.Lstm)] CellKind cell, [Values] bool distribution)
    {
        var target = distribution ? Distribution : SoftLabel;
        var weights = Weights(cell, outputs: target.Length);
        var norms = GradientProbe.Measure(Model(cell), weights, [Text], [target], Text.Length);
        var plain = new PlainRecurrence(cell, weights);
        Assert.That(norms.Hidden,
            Is.EqualTo(FromTheEnd(step => plain.HiddenNorm(Text, target, step))).Within(Tolerance), $"seed {Seed}");
        if (cell == CellKind.Lstm)
        {
            Assert.That(norms.Cell,
                Is.EqualTo(FromTheEnd(step => plain.CellNorm(Text, target, step))).Within(Tolerance), $"seed {Seed}");
        }
        else
        {
            Assert.That(norms.Cell, Is.Null);
        }
    }

    [Test]
    public void Measure_SeveralTexts_IsTheMeanOfTheirNorms()
    {
        var weights = Weights(CellKind.Gru);
        long[][] texts = [Text, [1, 5, 5, 6], [1, 8, 3]];
        float[][] targets = [[1], [0], [0.5f]];
        var alone = texts.Zip(targets, (text, target) => Measure([text], [target]).Hidden).ToList();
        var together = Measure(texts, targets);
        Assert.That(together.Hidden,
            Is.EqualTo(Enumerable.Range(0, 3).Select(k => alone.Average(norms => norms[k]))).Within(1e-15));

        GradientNorms Measure(long[][] some, float[][] their) =>
            GradientProbe.Measure(Model(CellKind.Gru), weights, some, their, steps: 3);
    }

    // The recurrent matrix of an RNN scaled to a hundredth: each step back loses two digits, and none of it is cut off.
    [Test]
    public void Measure_VanishingGradient_IsFollowedBelowSinglePrecision()
    {
        var weights = Weights(CellKind.Rnn);
        var matrix = weights["recurrent.weight_hh_l0"];
        weights["recurrent.weight_hh_l0"] =
            SafetensorsTensor.FromFloats([.. matrix.AsFloats().ToArray().Select(w => w / 100)], matrix.Shape);
        long[] text = [.. Enumerable.Repeat(5L, 40)];
        var norms = GradientProbe.Measure(Model(CellKind.Rnn), weights, [text], [[1]], steps: 40).Hidden;
        Assert.That(norms[^1], Is.GreaterThan(0).And.LessThan(1e-60));
        Assert.That(norms.Zip(norms.Skip(1)),
            Is.All.Matches<(double Later, double Earlier)>(pair => pair.Earlier < pair.Later));
    }

    private static IEnumerable<ModelConfig> Unsuitable() =>
    [
        RandomCheckpoint.Bag(), Model(CellKind.Gru) with { Bidirectional = true },
        Model(CellKind.Gru) with { Layers = 2 }, Model(CellKind.Gru) with { Readout = ReadoutKind.Mean },
    ];

    [TestCaseSource(nameof(Unsuitable))]
    public void Measure_AnotherArchitecture_IsRefused(ModelConfig model) => Assert.That(
        () => GradientProbe.Measure(model, RandomCheckpoint.Create(model, Seed).Weights, [Text], [SoftLabel], 3),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("one recurrent layer"));

    [Test]
    public void Measure_TextTooShort_SaysHowLongItIs() => Assert.That(
        () => GradientProbe.Measure(
            Model(CellKind.Rnn), Weights(CellKind.Rnn), [Text, [1, 4]], [SoftLabel, SoftLabel], 3),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("3 steps")
            .And.Message.Contains("the shortest has 2"));

    private static IEnumerable<double> FromTheEnd(Func<int, double> normAt) =>
        Enumerable.Range(0, Text.Length).Select(back => normAt(Text.Length - 1 - back));

    private static Dictionary<string, SafetensorsTensor> Weights(CellKind cell, int outputs = 1)
    {
        var weights = new Dictionary<string, SafetensorsTensor>(RandomCheckpoint.Create(Model(cell), Seed).Weights);
        var random = new Random(Seed);
        weights["classifier.weight"] = Random([outputs, 3]);
        weights["classifier.bias"] = Random([outputs]);
        return weights;

        SafetensorsTensor Random(long[] shape) =>
            SafetensorsTensor.FromFloats([.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b))
                .Select(_ => random.NextSingle() - 0.5f)], shape);
    }
}
