using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

internal static class Differences
{
    /// <summary>The largest |a − b| / max(1, |b|): absolute for small values, relative for large ones.</summary>
    public static double Largest(Tensor a, Tensor b) =>
        ((a - b).abs() / b.abs().clamp(min: 1)).max().item<float>();
}
