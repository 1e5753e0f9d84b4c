using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>Our LSTM against libtorch's on each text alone, with libtorch's autograd for the derivatives.</summary>
public class LstmPassTests
{
    // Single precision over a dozen steps: some units in the last place of numbers around 1.
    private const double Tolerance = 5e-6;

    private static readonly int[] Lengths = [12, 1, 7, 12, 5];
    private const int Steps = 14;
    private const int InputSize = 9;

    // A whole number of SIMD vectors on any processor, less than one, and one with a rest.
    [TestCase(64, false)]
    [TestCase(64, true)]
    [TestCase(3, false)]
    [TestCase(21, true)]
    public void ForwardAndBackward_UnequalLengths_AreLibtorchs(int hidden, bool reverse)
    {
        using var scope = NewDisposeScope();
        manual_seed(hidden);
        var lstm = nn.LSTM(InputSize, hidden);
        var parameters = Parameters(lstm);
        var input = randn(Steps, Lengths.Length, InputSize);
        var upstream = randn(Steps, Lengths.Length, hidden) * Mask();

        using var scratch = new ScratchTensors();
        var pass = new LstmPass(parameters.Detached(), input, Lengths, reverse, scratch, owner: 0);
        pass.Forward();
        using (var differences = ExpectedStates(lstm, input, reverse, hidden) - pass.States)
        {
            Assert.That(Largest(differences), Is.LessThan(Tolerance), "states");
        }

        pass.Backward(upstream.clone());
        var expectedInput = input.clone().requires_grad_(true);
        (ExpectedStates(lstm, expectedInput, reverse, hidden) * upstream).sum().backward();
        Assert.Multiple(() =>
        {
            Assert.That(
                Largest(expectedInput.grad! - pass.InputGradient), Is.LessThan(Tolerance), "gradient by the input");
            Assert.That(
                Largest(parameters.InputWeights.grad! - pass.WeightGradients.Input), Is.LessThan(Tolerance), "by W_ih");
            Assert.That(Largest(parameters.RecurrentWeights.grad! - pass.WeightGradients.Recurrent),
                Is.LessThan(Tolerance), "by W_hh");
            Assert.That(Largest(parameters.RecurrentBias.grad! - pass.WeightGradients.Bias), Is.LessThan(Tolerance),
                "by the bias");
        });
    }

    [TestCase(64, false)]
    [TestCase(3, true)]
    [TestCase(21, false)]
    public void LastStatesAndBackwardFromThem_UnequalLengths_AreLibtorchs(int hidden, bool reverse)
    {
        using var scope = NewDisposeScope();
        manual_seed(hidden);
        var lstm = nn.LSTM(InputSize, hidden);
        var parameters = Parameters(lstm);
        var input = randn(Steps, Lengths.Length, InputSize);
        var upstream = randn(Lengths.Length, hidden);

        using var scratch = new ScratchTensors();
        var pass = new LstmPass(parameters.Detached(), input, Lengths, reverse, scratch, owner: 0);
        pass.Forward();
        var states = pass.LastStates();
        pass.BackwardFromLast(upstream);

        var expectedInput = input.clone().requires_grad_(true);
        var all = ExpectedStates(lstm, expectedInput, reverse, hidden);
        var expected = stack([.. Lengths.Select((length, row) => all[reverse ? 0 : length - 1, row])]);
        (expected * upstream).sum().backward();
        Assert.Multiple(() =>
        {
            Assert.That(Largest(expected - states), Is.LessThan(Tolerance), "states");
            Assert.That(
                Largest(expectedInput.grad! - pass.InputGradient), Is.LessThan(Tolerance), "gradient by the input");
            Assert.That(Largest(parameters.RecurrentWeights.grad! - pass.WeightGradients.Recurrent),
                Is.LessThan(Tolerance), "by W_hh");
        });
    }

    private static LstmParameters Parameters(LSTM lstm)
    {
        var named = lstm.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        return new LstmParameters(
            named["weight_ih_l0"], named["weight_hh_l0"], named["bias_ih_l0"], named["bias_hh_l0"]);
    }

    // Each text by itself, so that no padding exists.
    private static Tensor ExpectedStates(LSTM lstm, Tensor input, bool reverse, int hidden)
    {
        var rows = Lengths.Select((length, row) =>
        {
            var text = input.narrow(1, row, 1).narrow(0, 0, length);
            var states = lstm.call(reverse ? text.flip(0) : text).Item1;
            return cat([reverse ? states.flip(0) : states, zeros(Steps - length, 1, hidden)], 0);
        });
        return cat([.. rows], 1);
    }

    private static Tensor Mask() =>
        arange(Steps).unsqueeze(1).less(tensor(Lengths).unsqueeze(0)).unsqueeze(-1).to_type(ScalarType.Float32);

    private static float Largest(Tensor differences) => differences.abs().max().item<float>();
}
