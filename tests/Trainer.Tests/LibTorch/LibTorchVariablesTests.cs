using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

public class LibTorchVariablesTests
{
    // Single precision, states below 1.
    private const double Tolerance = 1e-5;

    // On some CPUs these differ by more than 0.1 where oneDNN uses AVX-512.
    [TestCase(1)]
    [TestCase(12)]
    [TestCase(80)]
    public void Set_LstmOfAnySize_ComputesTheSameWithGradientsAndWithout(int hidden)
    {
        using var scope = NewDisposeScope();
        using var lstm = nn.LSTM(hidden, hidden);
        var x = randn(3, 2, hidden);

        var training = lstm.call(x).Item1;
        using var without = no_grad();
        var inference = lstm.call(x).Item1;

        Assert.That((training - inference).abs().max().item<float>(), Is.LessThan(Tolerance));
    }
}
