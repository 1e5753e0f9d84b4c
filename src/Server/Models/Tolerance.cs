using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server.Models;

/// <summary>
/// How far an output may be from the one that lies beside its model: <c>|actual − expected| ≤ absolute + relative · |expected|</c>.
/// The numbers and their reasons are those of the exporter's table of tolerances, which a test compares with these.
/// </summary>
internal sealed record Tolerance(double Absolute, double Relative)
{
    public bool Accepts(double actual, double expected) =>
        double.IsFinite(actual) && double.IsFinite(expected)
        && Math.Abs(actual - expected) <= Absolute + (Relative * Math.Abs(expected));

    /// <summary>The tolerances of a file's precision on a device.</summary>
    /// <param name="precision">As the file's metadata name it.</param>
    /// <param name="device">Where the model computes.</param>
    /// <param name="allowTf32">Whether a GPU rounds the factors of its products.</param>
    public static (Tolerance Logit, Tolerance Probability) For(string precision, DeviceKind device, bool allowTf32) =>
        (precision, device) switch
        {
            ("int8", _) => (new(0.2, 0.05), new(0.05, 0.05)),
            ("fp16", DeviceKind.Cuda) => (new(5e-2, 5e-2), new(1.25e-2, 1.25e-2)),
            ("fp16", _) => (new(1e-2, 1e-2), new(2.5e-3, 2.5e-3)),
            (_, DeviceKind.Cuda) when allowTf32 => (new(1e-2, 1e-2), new(2.5e-3, 2.5e-3)),
            _ => (new(1e-4, 1e-4), new(1e-5, 1e-5)),
        };
}
