using System.Globalization;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Whether libtorch can be relied on: on some CPUs with AVX-512 (AMD Zen 5) the oneDNN of libtorch 2.10 computes LSTMs
/// wrongly, but only outside training, so that its two ways to compute the same differ.
/// </summary>
internal static class LstmSelfCheck
{
    // Single precision, states below 1. The fault moves them by more than 0.1.
    private const double Tolerance = 1e-3;
    private const int Size = 8;

    /// <summary>What is wrong and what helps, or null where nothing is.</summary>
    internal static string? Problem() => Problem(Compute);

    /// <summary>As the other, of any way to compute the same with gradients and without.</summary>
    internal static string? Problem(Func<bool, float[]> compute)
    {
        var difference = compute(true).Zip(compute(false), (a, b) => Math.Abs(a - b)).Max();
        var size = difference.ToString("0.0e+0", CultureInfo.InvariantCulture);
        return difference <= Tolerance
            ? null
            : "libtorch computes LSTMs wrongly on this CPU: " +
                $"a small one differs by {size} with gradients and without. " +
                "Set the environment variable ONEDNN_MAX_CPU_ISA to AVX2 before the process starts";
    }

    private static float[] Compute(bool gradients)
    {
        // New modules draw their weights from the app's generator, which has to stay as it was.
        using var scope = NewDisposeScope();
        var state = get_rng_state();
        using var lstm = nn.LSTM(Size, Size);
        set_rng_state(state);
        foreach (var (_, weight) in lstm.named_parameters())
        {
            using var none = no_grad();
            weight.copy_(linspace(-1, 1, weight.NumberOfElements).reshape(weight.shape));
        }

        using var mode = gradients ? enable_grad() : no_grad();
        return lstm.call(linspace(-1, 1, 2 * Size).reshape(2, 1, Size)).Item1.detach().data<float>().ToArray();
    }
}
