using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

[SetUpFixture]
public class LibTorchSetUp
{
    [OneTimeSetUp]
    public void LimitOneDnn() => OneDnnLimit.Set();
}
