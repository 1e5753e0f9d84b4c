using System.Runtime.InteropServices;

namespace OnnxSentiment.Tests.Shared;

/// <summary>
/// Keeps libtorch's oneDNN from AVX-512, with which it computes LSTMs wrongly on some CPUs. Has an effect before the
/// first operation of libtorch in the process.
/// </summary>
internal static class OneDnnLimit
{
    private const string Variable = "ONEDNN_MAX_CPU_ISA", Value = "AVX2";

    public static void Set()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Variable, Value);
        }
        else
        {
            _ = SetNative(Variable, Value, overwrite: 1);
        }
    }

    // .NET's own way to set a variable does not reach native code.
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int SetNative(
        [MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
