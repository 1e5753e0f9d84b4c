using System.Runtime.InteropServices;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>ONNX Runtime uploads nothing: what forbids it is there before its environment is.</summary>
public class OrtEnvironmentTests
{
    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such variable; there the API alone turns it off.")]
    public void Instance_OfTheProcess_IsToldToUploadNothing()
    {
        _ = OrtEnvironment.Instance;
        Assert.That(Marshal.PtrToStringUTF8(GetVariable("ORT_DISABLE_TELEMETRY")), Is.EqualTo("1"), "as native code sees it");
    }

    // Whoever creates the environment elsewhere creates it too early.
    [Test]
    public void Instance_IsTheOnlyPlaceThatCreatesIt()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.cs", SearchOption.AllDirectories);
        Assert.That(
            sources.Where(file => File.ReadAllText(file).Contains("OrtEnv.Instance()", StringComparison.Ordinal)).Select(Path.GetFileName),
            Is.EqualTo(["OrtEnvironment.cs"]));
    }

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern nint GetVariable(string name);
}
