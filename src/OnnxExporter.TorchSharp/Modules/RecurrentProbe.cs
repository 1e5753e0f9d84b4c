using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Finds out options of recurrent modules by applying them: TorchSharp keeps them in private fields or in native code.
/// </summary>
internal static class RecurrentProbe
{
    private const int FirstSize = 2;
    private const int SecondSize = 3;
    private const double FarBeyondTanh = 10;

    /// <summary>
    /// Whether the batch is the first dimension: the last states tell which of two sizes was taken for the batch.
    /// </summary>
    internal static bool IsBatchFirst(nn.Module module)
    {
        using var _ = NewDisposeScope();
        var weight = RecurrentParameters.First(module, "weight_ih_l0");
        var x = zeros([FirstSize, SecondSize, weight.shape[1]], ScalarType.Float32, weight.device);
        return RecurrentConverters.Run(module, [x, null, null, null])[1].shape[1] == FirstSize;
    }

    /// <summary>tanh or ReLU: weights of one and inputs of ten make states that tanh cannot reach.</summary>
    internal static RnnNonlinearity NonlinearityOf(RNN rnn)
    {
        using var scope = NewDisposeScope();
        using var weights = new TemporaryWeights(rnn, own => ones(own.shape));
        var weight = RecurrentParameters.First(rnn, "weight_ih_l0");
        var (_, states) = rnn.call(full([1, 1, weight.shape[1]], FarBeyondTanh, weight.dtype, weight.device));
        var largest = states[0].max().to(ScalarType.Float64).item<double>();
        return largest > 1.5 ? RnnNonlinearity.Relu : RnnNonlinearity.Tanh;
    }
}
