using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
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
        Assert.That(
            Marshal.PtrToStringUTF8(GetVariable("ORT_DISABLE_TELEMETRY")), Is.EqualTo("1"), "as native code sees it");
    }

    // A session or an environment that begins elsewhere begins before telemetry is off.
    [TestCase(@"OrtEnv\.Instance\(\)")]
    [TestCase(@"new InferenceSession\b|InferenceSession\??\s+\w+\s*=\s*new\b")]
    public void OrtEnvironment_IsTheOnlyPlaceThatCreates(string pattern)
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.cs", SearchOption.AllDirectories);
        Assert.That(
            sources.Where(file => Regex.IsMatch(File.ReadAllText(file), pattern)).Select(Path.GetFileName),
            Is.EqualTo(["OrtEnvironment.cs"]));
    }

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern nint GetVariable(string name);
}
