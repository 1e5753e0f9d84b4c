using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

public class LstmSelfCheckTests
{
    [Test]
    public void Problem_TwoWaysDiffer_NamesTheVariableThatHelps() => Assert.That(
        LstmSelfCheck.Problem(gradients => gradients ? [0.5f, 0.25f] : [0.5f, 0.5f]),
        Does.Contain("2.5e-1").And.Contain("ONEDNN_MAX_CPU_ISA"));

    [Test]
    public void Problem_Rounding_IsNone() =>
        Assert.That(LstmSelfCheck.Problem(gradients => gradients ? [0.5f] : [0.500001f]), Is.Null);

    // The tests of this project limit oneDNN, so that libtorch is right on every CPU.
    [Test]
    public void Problem_OfLibTorch_IsNoneAndTakesNoRandomNumbers()
    {
        torch.manual_seed(1);
        using var expected = torch.rand(4);
        torch.manual_seed(1);

        Assert.That(LstmSelfCheck.Problem(), Is.Null);

        using var next = torch.rand(4);
        Assert.That(next.data<float>().ToArray(), Is.EqualTo(expected.data<float>().ToArray()));
    }
}
