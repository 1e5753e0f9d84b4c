using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace OnnxSentiment.Benchmarks;

/// <summary>The versions of what is measured, asked from what runs, not from what was ordered.</summary>
internal static class Versions
{
    public static string OnnxRuntime => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    public static string TorchSharp => $"TorchSharp {Of(typeof(torch))}, libtorch {torch.__version__}";

    public static string MlNet =>
        $"ML.NET {Of(typeof(Microsoft.ML.Transforms.Onnx.OnnxTransformer))}, {OnnxRuntime}";

    public static string Node =>
        $"onnxruntime-node {NpmVersion("onnxruntime-node")}, Node {Output("node", "--version")?[1..]}";

    public static string PyTorch =>
        Output("/usr/bin/python3", "-W", "ignore", "-c", "import torch; print(torch.__version__)") is { } version
            ? $"PyTorch {version}"
            : "no PyTorch";

    public static string FastText =>
        $"fastText {Output("dpkg-query", "--show", "--showformat=${Version}", "fasttext") ?? "of unknown version"}";

    /// <summary>The GPUs with driver and memory, as nvidia-smi lists them; null where it is not here.</summary>
    public static string? Gpu =>
        Output("nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader")
            ?.ReplaceLineEndings("; ");

    public static bool HasFastText => Output("which", "fasttext") is not null;

    private static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+', ' ')[0];

    private static string NpmVersion(string package)
    {
        var path = Path.Combine(Checkout.Outside, "node_modules", package, "package.json");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("version").GetString()!;
    }

    private static string? Output(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
