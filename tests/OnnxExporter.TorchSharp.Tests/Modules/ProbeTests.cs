using System.Runtime.InteropServices;
using OnnxSentiment.Onnx;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// Options that libtorch keeps to itself are found whatever the weights are, which are afterwards as before.
/// </summary>
[TestFixture]
public sealed class ProbeTests
{
    private const int Size = 8;

    private static readonly OnnxInput Steps = new("x", ScalarType.Float32, ["sequence", "batch", Size]);
    private static readonly Tensor Ids = tensor([3L, 4, 5, 4, 4, 0]).reshape(2, 3);

    [Test]
    public void ExportOnnx_EncoderWhoseScoresAreEqual_HasItsHeads(
        [Values(1, 2, 4, 8)] long heads, [Values(1e-4, 0)] double scale)
    {
        using var layer = TransformerEncoderLayer(Size, heads, 16, 0.1, nn.Activations.GELU);
        Scale(layer, "self_attn.in_proj_weight", scale);
        Assert.That(HeadsOf(layer, Steps), Is.EqualTo(heads));
    }

    [Test]
    public void ExportOnnx_AttentionWhoseScoresAreEqual_HasItsHeads([Values(1, 2, 4, 8)] long heads)
    {
        using var attention = MultiheadAttention(Size, heads);
        Scale(attention, "in_proj_weight", 0);
        var found = HeadsOf(attention, Steps, Steps with { Name = "key" }, Steps with { Name = "value" });
        Assert.That(found, Is.EqualTo(heads));
    }

    [Test]
    public void ExportOnnx_EncoderWithoutANetwork_HasItsActivation([Values] nn.Activations activation)
    {
        using var layer = TransformerEncoderLayer(Size, 2, 16, 0.1, activation);
        Scale(layer, "linear2.weight", 0);
        using var file = new TemporaryFile();
        layer.ExportOnnx(file.Path, Steps);
        var operators = ModelFile.Read(file.Path).Graph.Node.Select(node => node.OpType);
        Assert.That(operators, Does.Contain(activation == nn.Activations.GELU ? Operators.Erf : Operators.Relu));
    }

    [Test]
    public void ExportOnnx_BagOfSmallVectors_ComputesTheSame(
        [Values] EmbeddingBagMode mode, [Values(null, 4L)] long? padding, [Values(1, 1e-4, 1e-6, 1e-20)] double scale)
    {
        random.manual_seed(1);
        using var bag = new BagOfIds(EmbeddingBag(10, 4, mode: mode, padding_index: padding ?? -1));
        Scale(bag, "bag.weight", scale);
        using var file = new TemporaryFile();
        bag.ExportOnnx(file.Path, new OnnxInput("ids", ScalarType.Int64, ["batch", "bag"]));
        using var session = new PlainSession(file.Path);
        var difference = Differences.Largest(session.Run(Ids)[0] / scale, bag.call(Ids) / scale);
        Assert.That(difference, Is.LessThanOrEqualTo(1e-5));
    }

    [Test]
    public void ExportOnnx_BagOfPaddingAlone_GivesZeros()
    {
        using var bag = new BagOfIds(EmbeddingBag(10, 4, mode: EmbeddingBagMode.Mean, padding_index: 4));
        using var file = new TemporaryFile();
        bag.ExportOnnx(file.Path, new OnnxInput("ids", ScalarType.Int64, ["batch", "bag"]));
        using var session = new PlainSession(file.Path);
        var padding = tensor(new long[] { 4, 4, 4 }).reshape(1, 3);
        Assert.That(session.Run(padding)[0].data<float>().ToArray(), Is.EqualTo(new float[4]));
    }

    // TorchSharp's own bag takes Int64 alone.
    [Test]
    public void ExportOnnx_BagOfInt32Ids_ComputesTheSame(
        [Values] EmbeddingBagMode mode, [Values(null, 4L)] long? padding)
    {
        random.manual_seed(1);
        var bag = EmbeddingBag(10, 4, mode: mode, padding_index: padding ?? -1);
        using var module = new Reader(x => bag.call(x.to(ScalarType.Int64)), (scope, x) => scope.Call(bag, x), bag);
        using var file = new TemporaryFile();
        OnnxInput ids = new("ids", ScalarType.Int32, ["batch", "bag"]) { Range = (0, 9) };
        var report = module.ExportOnnx(file.Path, ids);
        Assert.That(report.IsVerified);
        using var session = new PlainSession(file.Path);
        var difference = Differences.Largest(session.Run(Ids.to(ScalarType.Int32))[0], bag.call(Ids));
        Assert.That(difference, Is.LessThanOrEqualTo(1e-5));
    }

    [Test]
    public void ExportOnnx_RnnWhoseStatesAreNegative_HasItsNonlinearity([Values] NonLinearities nonlinearity)
    {
        using var rnn = RNN(3, 4, 1, nonlinearity);
        Scale(rnn, "weight_ih_l0", 0);
        using (no_grad())
        {
            Parameter(rnn, "bias_ih_l0").fill_(-30);
        }

        using var file = new TemporaryFile();
        rnn.ExportOnnx(
            file.Path,
            new OnnxExportOptions { Verification = Verification.Off },
            new OnnxInput("x", ScalarType.Float32, ["sequence", "batch", 3]));
        var activations = ModelFile.Read(file.Path).Graph.Node
            .SelectMany(node => node.Attribute).SelectMany(attribute => attribute.Strings);
        var isRelu = activations.FirstOrDefault()?.ToStringUtf8() == "Relu";
        Assert.That(isRelu, Is.EqualTo(nonlinearity == NonLinearities.ReLU));
    }

    [Test]
    public void ExportOnnx_BetweenForwardAndBackward_LeavesWeightsAndGradients()
    {
        using var layer = TransformerEncoderLayer(Size, 2, 16, 0);
        Tensor[] before = [.. layer.parameters().Select(parameter => parameter.detach().clone())];
        var loss = layer.call(randn(3, 2, Size), null!, null!).sum();
        using var file = new TemporaryFile();
        layer.ExportOnnx(file.Path, Steps);
        AssertPutBack(layer, before);
        Assert.That(loss.backward, Throws.Nothing);
    }

    [Test]
    public void TemporaryWeights_MakingThemFails_LeavesTheOwn()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(3, 2);
        Tensor[] before = [.. linear.parameters().Select(parameter => parameter.detach().clone())];
        Assert.That(
            () => new TemporaryWeights(
                linear,
                own => own.dim() == 2 ? ones(own.shape) : throw new InvalidOperationException("no room")),
            Throws.InvalidOperationException);
        AssertPutBack(linear, before);
    }

    private static long HeadsOf(nn.Module module, params OnnxInput[] inputs)
    {
        using var file = new TemporaryFile();
        module.ExportOnnx(file.Path, inputs);
        var graph = ModelFile.Read(file.Path).Graph;
        var cut = graph.Node.First(node =>
            node.OpType == Operators.Reshape && node.Output[0].EndsWith("/heads", StringComparison.Ordinal));
        var shape = graph.Initializer.First(tensor => tensor.Name == cut.Input[1]);
        return shape.Int64Data.Count > 0 ? shape.Int64Data[2] : MemoryMarshal.Cast<byte, long>(shape.RawData.Span)[2];
    }

    private static void AssertPutBack(nn.Module module, Tensor[] before) => Assert.That(
        module.parameters().Zip(before).All(pair => pair.First.equal(pair.Second).all().item<bool>()),
        "the weights are put back");

    private static void Scale(nn.Module module, string name, double factor)
    {
        using var _ = no_grad();
        Parameter(module, name).mul_(factor);
    }

    private static global::TorchSharp.Modules.Parameter Parameter(nn.Module module, string name) =>
        module.named_parameters().First(entry => entry.name == name).parameter;
}
