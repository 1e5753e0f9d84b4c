using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>These modules are small: threads of libtorch would only wait for each other.</summary>
[SetUpFixture]
public sealed class Setup
{
    [OneTimeSetUp]
    public void ComputeOnOneThread() => torch.set_num_threads(1);
}
