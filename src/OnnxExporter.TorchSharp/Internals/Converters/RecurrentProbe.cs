using OnnxSentiment.Core.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals.Converters;

/// <summary>
/// Finds out options of recurrent modules by applying them: TorchSharp keeps them in private fields or in native code.
/// </summary>
internal static class RecurrentProbe
{
    private const int FirstSize = 2;
    private const int SecondSize = 3;
    private const double FarBeyondTanh = 10;

    /// <summary>Whether the batch is the first dimension: the last states tell which of two sizes was taken for the batch.</summary>
    internal static bool IsBatchFirst(nn.Module module)
    {
        using var _ = NewDisposeScope();
        var weight = RecurrentParameters.First(module, "weight_ih_l0");
        var x = zeros([FirstSize, SecondSize, weight.shape[1]], ScalarType.Float32, weight.device);
        return RecurrentConverters.Run(module, [x, null, null, null])[1].shape[1] == FirstSize;
    }

    /// <summary>tanh or ReLU: an input is made that drives one component to 10, which tanh cannot reach.</summary>
    internal static RnnNonlinearity NonlinearityOf(RNN rnn)
    {
        using var _ = NewDisposeScope();
        var weights = RecurrentParameters.First(rnn, "weight_ih_l0").detach();
        var squares = weights.square().sum([1L]);
        var row = weights[squares.argmax()];
        var x = row * (2 * FarBeyondTanh / Math.Max(squares.amax([0L]).item<float>(), float.Epsilon));
        var (_, states) = rnn.call(x.reshape(1, 1, -1));
        return states[0].max().item<float>() > 1.5 ? RnnNonlinearity.Relu : RnnNonlinearity.Tanh;
    }
}
