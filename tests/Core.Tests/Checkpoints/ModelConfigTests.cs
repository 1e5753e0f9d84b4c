namespace OnnxSentiment.Core.Tests;

public class ModelConfigTests
{
    [Test]
    public void WeightShapes_KerasTutorial_AreThoseOfPyTorch() => AssertShapes(
        new(), vocabularySize: 10_000,
        "embedding.weight [10000, 128]",
        "recurrent.weight_ih_l0 [256, 128]",
        "recurrent.weight_hh_l0 [256, 64]",
        "recurrent.bias_ih_l0 [256]",
        "recurrent.bias_hh_l0 [256]",
        "recurrent.weight_ih_l0_reverse [256, 128]",
        "recurrent.weight_hh_l0_reverse [256, 64]",
        "recurrent.bias_ih_l0_reverse [256]",
        "recurrent.bias_hh_l0_reverse [256]",
        "classifier.weight [1, 128]",
        "classifier.bias [1]");

    [Test]
    public void WeightShapes_TwoLayersBidirectionalGruMaxMean_FeedsBothDirectionsOn() => AssertShapes(
        new() { Cell = CellKind.Gru, Layers = 2, EmbeddingSize = 5, HiddenSize = 4, Readout = ReadoutKind.MaxMean },
        vocabularySize: 7,
        "embedding.weight [7, 5]",
        "recurrent.weight_ih_l0 [12, 5]",
        "recurrent.weight_hh_l0 [12, 4]",
        "recurrent.bias_ih_l0 [12]",
        "recurrent.bias_hh_l0 [12]",
        "recurrent.weight_ih_l0_reverse [12, 5]",
        "recurrent.weight_hh_l0_reverse [12, 4]",
        "recurrent.bias_ih_l0_reverse [12]",
        "recurrent.bias_hh_l0_reverse [12]",
        "recurrent.weight_ih_l1 [12, 8]",
        "recurrent.weight_hh_l1 [12, 4]",
        "recurrent.bias_ih_l1 [12]",
        "recurrent.bias_hh_l1 [12]",
        "recurrent.weight_ih_l1_reverse [12, 8]",
        "recurrent.weight_hh_l1_reverse [12, 4]",
        "recurrent.bias_ih_l1_reverse [12]",
        "recurrent.bias_hh_l1_reverse [12]",
        "classifier.weight [1, 16]",
        "classifier.bias [1]");

    [Test]
    public void WeightShapes_OneDirectionRnnAttention_HasTheAttentionsWeights() => AssertShapes(
        new()
        {
            Cell = CellKind.Rnn,
            Bidirectional = false,
            Layers = 2,
            EmbeddingSize = 5,
            HiddenSize = 4,
            Readout = ReadoutKind.Attention,
        },
        vocabularySize: 7,
        "embedding.weight [7, 5]",
        "recurrent.weight_ih_l0 [4, 5]",
        "recurrent.weight_hh_l0 [4, 4]",
        "recurrent.bias_ih_l0 [4]",
        "recurrent.bias_hh_l0 [4]",
        "recurrent.weight_ih_l1 [4, 4]",
        "recurrent.weight_hh_l1 [4, 4]",
        "recurrent.bias_ih_l1 [4]",
        "recurrent.bias_hh_l1 [4]",
        "attention.projection.weight [4, 4]",
        "attention.projection.bias [4]",
        "attention.context.weight [1, 4]",
        "classifier.weight [1, 4]",
        "classifier.bias [1]");

    [Test]
    public void WeightShapes_BidirectionalAttention_SpansBothDirections() => Assert.That(
        Shapes(new() { EmbeddingSize = 5, HiddenSize = 4, Readout = ReadoutKind.Attention }, 7),
        Does.Contain("attention.projection.weight [8, 8]").And.Contain("attention.context.weight [1, 8]"));

    [Test]
    public void WeightShapes_Bag_HasOneHiddenLayerAsWideAsAWordVector() => AssertShapes(
        Bag, vocabularySize: 7,
        "embedding.weight [7, 5]",
        "hidden.bias [5]",
        "classifier.weight [1, 5]",
        "classifier.bias [1]");

    [Test]
    public void WeightShapes_MoreOutputs_WidenTheClassifier() => Assert.That(
        new ModelConfig { HiddenSize = 4 }.WeightShapes(7, outputs: 3).TakeLast(2).Select(Text),
        Is.EqualTo(["classifier.weight [3, 8]", "classifier.bias [3]"]));

    // What PyTorch has for its recurrent modules: directions x layers x (weights of input, weights of state, two
    // biases).
    [Test]
    public void WeightShapes_EveryArchitecture_HasPyTorchsNumberOfParameters(
        [Values(CellKind.Rnn, CellKind.Gru, CellKind.Lstm)] CellKind cell, [Values] bool bidirectional,
        [Range(1, 4)] int layers, [Values] ReadoutKind readout)
    {
        const int e = 3, h = 2;
        var config = new ModelConfig
        {
            Cell = cell,
            Bidirectional = bidirectional,
            Layers = layers,
            EmbeddingSize = e,
            HiddenSize = h,
            Readout = readout,
        };
        var gates = cell == CellKind.Lstm ? 4 : cell == CellKind.Gru ? 3 : 1;
        var d = bidirectional ? 2 : 1;
        var recurrent = (d * gates * h * (e + h + 2)) + ((layers - 1) * d * gates * h * ((d * h) + h + 2));
        var attention = readout == ReadoutKind.Attention ? (d * h * d * h) + (d * h) + (d * h) : 0;
        var classifier = (d * h * (readout == ReadoutKind.MaxMean ? 2 : 1)) + 1;
        var shapes = config.WeightShapes(9);
        Assert.That(
            shapes.Sum(s => s.Shape.Aggregate((a, b) => a * b)),
            Is.EqualTo((9 * e) + recurrent + attention + classifier));
        Assert.That(shapes.Select(s => s.Name), Is.Unique);
    }

    [Test]
    public void WeightShapes_LargestSizes_DoNotOverflow() => Assert.That(
        Shapes(new() { EmbeddingSize = 65_536, HiddenSize = 65_536 }, 10_000_000),
        Does.Contain("embedding.weight [10000000, 65536]").And.Contain("recurrent.weight_hh_l0 [262144, 65536]"));

    [Test]
    public void Validated_BagThatIsToKnowAnOrder_SaysWhatItTakes()
    {
        Assert.That(Bag.Validated, Throws.Nothing);
        ModelConfig[] configs =
            [Bag with { Bidirectional = true }, Bag with { Layers = 2 }, Bag with { Readout = ReadoutKind.MaxMean }];
        foreach (var config in configs)
        {
            Assert.That(config.Validated, Throws.InstanceOf<InvalidInputException>().With.Message.EndsWith(
                "but a bag knows no order: set bidirectional=false, layers=1 and readout=mean."));
        }

        AssertRefused(
            Bag with { Readout = ReadoutKind.MaxMean },
            "cell is bag with bidirectional=false, layers=1 and readout=max_mean, but a bag knows no order: set "
                + "bidirectional=false, layers=1 and readout=mean.");
    }

    [TestCase("layers", 1, 4)]
    [TestCase("embedding_size", 1, 65_536)]
    [TestCase("hidden_size", 1, 65_536)]
    public void Validated_WholeNumber_HasItsRange(string name, int minimum, int maximum)
    {
        Assert.That(() => With(name, minimum).Validated(), Throws.Nothing);
        Assert.That(() => With(name, maximum).Validated(), Throws.Nothing);
        AssertRefused(
            With(name, minimum - 1), $"{name} is {minimum - 1}, but has to lie between {minimum} and {maximum}.");
        AssertRefused(
            With(name, maximum + 1), $"{name} is {maximum + 1}, but has to lie between {minimum} and {maximum}.");
    }

    [TestCase("embedding_dropout")]
    [TestCase("recurrent_dropout")]
    [TestCase("readout_dropout")]
    public void Validated_Dropout_HasItsRange(string name)
    {
        Assert.That(() => With(name, 0).Validated(), Throws.Nothing);
        Assert.That(() => With(name, 0.99).Validated(), Throws.Nothing);
        AssertRefused(With(name, -0.5), $"{name} is -0.5, but has to lie between 0 and 0.99.");
        AssertRefused(With(name, 1), $"{name} is 1, but has to lie between 0 and 0.99.");
        AssertRefused(With(name, double.NaN), $"{name} is NaN, but has to lie between 0 and 0.99.");
    }

    private static ModelConfig Bag { get; } =
        new() { Cell = CellKind.Bag, Bidirectional = false, Readout = ReadoutKind.Mean, EmbeddingSize = 5 };

    private static ModelConfig With(string name, double value) => name switch
    {
        "layers" => new() { Layers = (int)value },
        "embedding_size" => new() { EmbeddingSize = (int)value },
        "hidden_size" => new() { HiddenSize = (int)value },
        "embedding_dropout" => new() { EmbeddingDropout = value },
        "recurrent_dropout" => new() { RecurrentDropout = value },
        "readout_dropout" => new() { ReadoutDropout = value },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static void AssertRefused(ModelConfig config, string message) =>
        Assert.That(config.Validated, Throws.InstanceOf<InvalidInputException>().With.Message.EqualTo(message));

    private static void AssertShapes(ModelConfig config, int vocabularySize, params string[] expected) =>
        Assert.That(Shapes(config, vocabularySize), Is.EqualTo(expected));

    private static string[] Shapes(ModelConfig config, int vocabularySize) =>
        [.. config.WeightShapes(vocabularySize).Select(Text)];

    private static string Text((string Name, IReadOnlyList<long> Shape) weight) =>
        $"{weight.Name} [{string.Join(", ", weight.Shape)}]";
}
