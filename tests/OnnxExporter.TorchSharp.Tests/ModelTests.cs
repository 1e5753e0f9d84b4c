using OnnxSentiment.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>Whole networks: exported once, run at several batch sizes and lengths.</summary>
[TestFixture]
public sealed class ModelTests
{
    private const int Seed = 50;

    // The activations of whole networks are larger than those of one module, and so are their roundings;
    // Differences.Largest is relative beyond 1.
    private const double Tolerance = 1e-5;

    private static readonly long[][] Texts = [[1, 5], [4, 9], [2, 60]];

    [Test]
    public void ExportOnnx_LstmTagger_LogitsOfEveryToken() => Compare(new LstmTagger(), Ids(), Texts);

    [Test]
    public void ExportOnnx_TextCnn_ComputesTheSame() => Compare(new TextCnn(), Ids(), Texts);

    [Test]
    public void ExportOnnx_TransformerClassifier_ComputesTheSame() =>
        Compare(new TransformerClassifier(), Ids(), Texts);

    [Test]
    public void ExportOnnx_LeNet_ComputesTheSame() => Compare(
        Sequential(
            ("conv1", Conv2d(1, 6, 5, padding: 2)), ("tanh1", Tanh()), ("pool1", AvgPool2d(2)),
            ("conv2", Conv2d(6, 16, 5)), ("tanh2", Tanh()), ("pool2", AvgPool2d(2)), ("flatten", Flatten()),
            ("fc1", Linear(400, 120)), ("tanh3", Tanh()), ("fc2", Linear(120, 84)), ("tanh4", Tanh()),
            ("fc3", Linear(84, 10))),
        new OnnxInput("image", ScalarType.Float32, ["batch", 1, 28, 28]),
        [[1, 1, 28, 28], [5, 1, 28, 28]]);

    [TestCase(4, 4, 1)]
    [TestCase(4, 6, 2)]
    public void ExportOnnx_ResidualBlock_ComputesTheSame(long channels, long outputs, long stride) => Compare(
        new ResidualBlock(channels, outputs, stride),
        new OnnxInput("image", ScalarType.Float32, ["batch", channels, "height", "width"]),
        [[1, channels, 8, 8], [3, channels, 9, 14]]);

    [Test]
    public void ExportOnnx_PackedTagger_PaddingReachesNothing()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(Seed);
        using var tagger = RandomWeights.Fill(new PackedTagger());
        using var file = new TemporaryFile();
        tagger.ExportOnnx(
            file.Path, new OnnxExportOptions { Verification = Verification.Required, Outputs = ["logits"] },
            Ids(), new OnnxInput("lengths", ScalarType.Int64, ["batch"]) { UpTo = "sequence" });

        using var session = new PlainSession(file.Path);
        var (ids, lengths) = (randint(0, 50, [3, 7]), tensor(new long[] { 2, 7, 1 }));
        var difference = Differences.Largest(session.Run(ids, lengths)[0], tagger.call(ids, lengths));
        Assert.That(difference, Is.LessThanOrEqualTo(Tolerance));
    }

    [Test]
    public void ExportOnnx_Twice_SameBytes()
    {
        using var tagger = new LstmTagger();
        using var first = new TemporaryFile();
        using var second = new TemporaryFile();
        tagger.ExportOnnx(first.Path, Ids());
        tagger.ExportOnnx(second.Path, Ids());
        Assert.That(File.ReadAllBytes(second.Path), Is.EqualTo(File.ReadAllBytes(first.Path)));
    }

    [Test]
    public void ExportOnnx_WeightNames_ArePyTorchs()
    {
        using var cnn = new TextCnn();
        using var file = new TemporaryFile();
        cnn.ExportOnnx(file.Path, Ids());
        var names = ModelFile.Read(file.Path).Graph.Initializer.Select(tensor => tensor.Name).ToList();
        Assert.That(names, Is.SupersetOf(cnn.state_dict().Keys.Where(name => name != "classifier.weight_transposed")));
    }

    private static OnnxInput Ids() => new("input_ids", ScalarType.Int64, ["batch", "sequence"]);

    private static void Compare(nn.Module<Tensor, Tensor> model, OnnxInput input, long[][] shapes)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(Seed);
        using var module = RandomWeights.Fill(model);
        using var file = new TemporaryFile();
        var options = new OnnxExportOptions { Verification = Verification.Required };
        var report = module.ExportOnnx(file.Path, options, input);
        TestContext.Out.WriteLine(report);

        module.eval();
        using var session = new PlainSession(file.Path);
        foreach (var shape in shapes)
        {
            var x = input.Type == ScalarType.Int64 ? randint(0, 50, shape) : randn(shape);
            var (expected, actual) = (module.call(x), session.Run(x)[0]);
            Assert.That(actual.shape, Is.EqualTo(expected.shape));
            var place = $"[{string.Join(", ", shape)}], seed {Seed}";
            Assert.That(Differences.Largest(actual, expected), Is.LessThanOrEqualTo(Tolerance), place);
        }
    }
}
