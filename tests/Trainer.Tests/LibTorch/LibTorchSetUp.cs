namespace OnnxSentiment.Trainer.Tests;

/// <summary>Sets the variables before the first test uses libtorch, whichever that is.</summary>
[SetUpFixture]
public class LibTorchSetUp
{
    [OneTimeSetUp]
    public void SetVariables() => LibTorchVariables.Set();
}
