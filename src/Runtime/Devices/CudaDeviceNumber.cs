using System.Globalization;

namespace OnnxSentiment.Runtime;

/// <summary>Recognizes that a GPU of a number that does not exist was asked for.</summary>
internal static class CudaDeviceNumber
{
    // "Invalid device ID: 1, must be between 0 (inclusive) and 1 (exclusive)": what ONNX Runtime 1.31.0 says where
    // there is one GPU.
    private const string Marker = "Invalid device ID: ";
    private const string BeforeCount = "(inclusive) and ";
    private const string AfterCount = " (exclusive)";

    /// <summary>What is there and what to ask for; null if ONNX Runtime says something else.</summary>
    /// <param name="message">What ONNX Runtime says.</param>
    public static string? Problem(string message) =>
        CountIn(message) is { } count ? $"there is no such GPU here; {Found(count)}" : null;

    private static string Found(int count) => count switch
    {
        0 => "CUDA finds none: see whether nvidia-smi lists one and CUDA_VISIBLE_DEVICES does not hide it",
        1 => "CUDA finds 1, to be asked for as cuda:0",
        2 => "CUDA finds 2, to be asked for as cuda:0 or cuda:1",
        _ => $"CUDA finds {count}, to be asked for as cuda:0 to cuda:{count - 1}",
    };

    private static int? CountIn(string message)
    {
        var rest = After(message, Marker) is { } end ? After(end, BeforeCount) : null;
        var digits = rest?.IndexOf(AfterCount, StringComparison.Ordinal) ?? -1;
        return digits > 0
            && int.TryParse(rest.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? count
                : null;
    }

    private static string? After(string text, string part) =>
        text.IndexOf(part, StringComparison.Ordinal) is >= 0 and var start ? text[(start + part.Length)..] : null;
}
