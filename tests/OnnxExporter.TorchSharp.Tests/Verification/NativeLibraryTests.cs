using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>An app without ONNX Runtime's native library exports all the same, and one with it tells nobody.</summary>
[TestFixture]
public sealed class NativeLibraryTests
{
    [Test]
    public void ExportOnnx_WithoutNativeLibrary_SaysThatNothingWasCompared()
    {
        using var file = new TemporaryFile();
        var export = InAppWithout(nameof(ReasonOf));
        var reason = (string)export.Invoke(null, [file.Path, nameof(Verification.WherePossible)])!;
        Assert.That(reason, Does.Contain("Microsoft.ML.OnnxRuntime"));
        Assert.That(new FileInfo(file.Path).Length, Is.Positive);
    }

    [Test]
    public void ExportOnnx_WithoutNativeLibraryButRequired_RefusesAndWritesNothing()
    {
        var never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");
        var error = Assert.Throws<TargetInvocationException>(
            () => InAppWithout(nameof(ReasonOf)).Invoke(null, [never, Verification.Required.ToString()]));
        Assert.That(error?.InnerException?.GetType().Name, Is.EqualTo("InvalidInputException"));
        Assert.That(error?.InnerException?.Message, Does.Contain("Microsoft.ML.OnnxRuntime"));
        Assert.That(never, Does.Not.Exist);
    }

    // Nothing else in these tests forbids it: PlainSession opens its files by itself.
    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such variable; there the API alone turns it off.")]
    public void ExportOnnx_Verified_TurnsTelemetryOff()
    {
        using var file = new TemporaryFile();
        Assert.That(ReasonOf(file.Path, nameof(Verification.Required)), Is.Empty);
        var value = Marshal.PtrToStringUTF8(GetVariable("ORT_DISABLE_TELEMETRY"));
        Assert.That(value, Is.EqualTo("1"), "as native code sees it");
    }

    /// <summary>
    /// Exports a small module; called in the other context too, where all types but TorchSharp's are others.
    /// </summary>
    public static string ReasonOf(string path, string verification)
    {
        using var linear = Linear(6, 2);
        var options = new OnnxExportOptions { Verification = Enum.Parse<Verification>(verification) };
        return linear.ExportOnnx(path, options, new OnnxInput("x", ScalarType.Float32, ["batch", 6])).WhyNotVerified;
    }

    private static MethodInfo InAppWithout(string method)
    {
        var context = new ContextWithoutNativeLibraries(TestContext.CurrentContext.TestDirectory);
        return context.LoadFromAssemblyName(typeof(NativeLibraryTests).Assembly.GetName())
            .GetType(typeof(NativeLibraryTests).FullName!)!.GetMethod(method)!;
    }

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern nint GetVariable(string name);

    /// <summary>Loads this project's and ONNX Runtime's assemblies again, and finds nothing native for them.</summary>
    private sealed class ContextWithoutNativeLibraries(string folder) : AssemblyLoadContext("without native libraries")
    {
        protected override Assembly? Load(AssemblyName name) =>
            name.Name!.StartsWith("OnnxSentiment", StringComparison.Ordinal)
            || name.Name.StartsWith("Microsoft.ML", StringComparison.Ordinal)
                ? LoadFromAssemblyPath(Path.Combine(folder, $"{name.Name}.dll"))
                : null;

        protected override nint LoadUnmanagedDll(string name) =>
            throw new DllNotFoundException($"'{name}' is not here.");
    }
}
