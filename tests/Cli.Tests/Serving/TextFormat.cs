using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using OnnxSentiment.Cli.Tests.Proto;

namespace OnnxSentiment.Cli.Tests;

/// <summary>
/// Reads protobuf's text format by protoc, which fails on a field or a value that the schema does not have.
/// </summary>
internal static class TextFormat
{
    private static string Protoc => Path.Combine(
        typeof(TextFormat).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(
            data => data.Key == "ProtocTools").Value!,
        OperatingSystem.IsWindows() ? "windows_x64/protoc.exe"
        : OperatingSystem.IsMacOS() ? "macosx_universal/protoc"
        : RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux_arm64/protoc" : "linux_x64/protoc");

    internal static ModelConfig Parse(string text)
    {
        var folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Serving", "Proto");
        using var process = Process.Start(new ProcessStartInfo(Protoc)
        {
            ArgumentList = { $"--proto_path={folder}", "--encode=inference.ModelConfig", "model_config.proto" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        var config = ModelConfig.Parser.ParseFrom(process.StandardOutput.BaseStream);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{error.Result}\n{text}");
        return config;
    }
}
