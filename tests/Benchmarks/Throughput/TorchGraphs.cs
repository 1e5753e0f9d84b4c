using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// What PyTorch's own exporter writes for the same weights; made when first asked for, anew for other weights.
/// </summary>
internal static class TorchGraphs
{
    /// <summary>The usual export, which reads padding as text: right for texts that are not padded.</summary>
    public static string Plain => Path.Combine(Export(batch: 2), "plain.onnx");

    /// <summary>
    /// With packed sequences: right for padded batches of the size that it was traced with, and for no other.
    /// </summary>
    public static string Packed(int batch) => Path.Combine(Export(batch), "packed.onnx");

    private static string Export(int batch)
    {
        var weights = SHA256.HashData(File.ReadAllBytes(Path.Combine(Checkout.Checkpoint, Checkpoint.WeightsFile)));
        var folder = Path.Combine(Checkout.Artifacts, $"torch-{batch}-{Convert.ToHexStringLower(weights)[..16]}");
        if (!File.Exists(Path.Combine(folder, "packed.onnx")))
        {
            var start = new ProcessStartInfo(
                "/usr/bin/python3",
                [
                    "-W", "ignore", Path.Combine(Checkout.Outside, "export_torch.py"), Checkout.Checkpoint, folder,
                    batch.ToString(CultureInfo.InvariantCulture),
                ])
            {
                Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
                RedirectStandardOutput = true,
            };
            Run(start);
        }

        return folder;
    }

    // Without Python, or without its packages, there is no file afterwards; whoever wants it says so.
    private static void Run(ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
        }
        catch (Win32Exception e)
        {
            Console.Error.WriteLine(e.Message);
        }
    }
}
