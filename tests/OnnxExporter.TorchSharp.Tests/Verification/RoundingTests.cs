using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>Large weights and deep networks round by more than small ones, and are no mismatch.</summary>
[TestFixture]
public sealed class RoundingTests
{
    [Test]
    public void ExportOnnx_LargeWeights_AreVerified([Range(1, 10)] int seed)
    {
        random.manual_seed(seed);
        using var module = Linear(1024, 256);
        Export(Normal(module, 30), seed, new OnnxInput("x", ScalarType.Float32, ["batch", 1024]));
    }

    [Test]
    public void ExportOnnx_ChannelsOfUnequalMagnitude_AreVerified([Range(1, 10)] int seed)
    {
        random.manual_seed(seed);
        using var module = Normal(Linear(512, 64), 0.1);
        using (no_grad())
        {
            module.weight[5].mul_(1e6);
        }

        Export(module, seed, new OnnxInput("x", ScalarType.Float32, ["batch", 40, 512]));
    }

    [Test]
    public void ExportOnnx_ResidualBlocks_AreVerified([Range(1, 10)] int seed)
    {
        random.manual_seed(seed);
        using var module = Sequential(
            new Bottleneck(64, 16, 1), new Bottleneck(64, 32, 2), new Bottleneck(128, 32, 1),
            new Bottleneck(128, 32, 1));
        foreach (var convolution in module.modules().OfType<global::TorchSharp.Modules.Conv2d>())
        {
            Normal(convolution, 0.3);
        }

        Export(module, seed, new OnnxInput("x", ScalarType.Float32, ["batch", 64, 14, 14]));
    }

    // Two of the ten seeds that were tried; all of them on request, for they take minutes.
    [Test]
    [Category("Slow")]
    public void ExportOnnx_ResNet50At224_IsVerified([Range(1, 2)] int seed) => ExportResNet(seed, 3, 4, 6, 3);

    [Test]
    [Explicit("takes minutes")]
    public void ExportOnnx_ResNet50At224_AllSeeds_AreVerified([Range(1, 10)] int seed) =>
        ExportResNet(seed, 3, 4, 6, 3);

    [Test]
    [Explicit("takes minutes")]
    public void ExportOnnx_ResNet101At224_AllSeeds_AreVerified([Range(1, 10)] int seed) =>
        ExportResNet(seed, 3, 4, 23, 3);

    private static void ExportResNet(int seed, params int[] blocks)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(seed);
        using var module = new ResNet(blocks);
        Export(module, seed, new OnnxInput("image", ScalarType.Float32, [1, 3, 224, 224]));
    }

    private static TModule Normal<TModule>(TModule module, double deviation)
        where TModule : nn.Module
    {
        using var _ = no_grad();
        foreach (var parameter in module.parameters())
        {
            init.normal_(parameter, 0, deviation);
        }

        return module;
    }

    private static void Export(nn.Module module, int seed, OnnxInput input)
    {
        using var file = new TemporaryFile();
        var options = new OnnxExportOptions { Verification = Verification.Required, Seed = seed };
        var report = module.ExportOnnx(file.Path, options, input);
        TestContext.Out.WriteLine($"seed {seed}: {report.ToString().Split('\n')[^1]}");
        Assert.That(report.IsVerified, $"seed {seed}");
    }
}
