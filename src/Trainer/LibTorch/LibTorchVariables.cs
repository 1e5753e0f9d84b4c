using System.Runtime.InteropServices;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Environment variables that libtorch's libraries read when they are first used. A value of the user's own wins.
/// </summary>
internal static class LibTorchVariables
{
    // GNU's OpenMP spins for milliseconds while its workers wait for each other, which on a machine that does other
    // work too leaves the waited-for thread without a core: with both cores of a two-core machine busy, training ran
    // four times as fast with this bound, and on a quiet one 4 % slower at most. Some microseconds: longer than the
    // pauses between the small products of two time steps, shorter than a time slice.
    private static readonly (string Name, string Value) Spinning = ("GOMP_SPINCOUNT", "2000");

    // oneDNN of libtorch 2.10 computes LSTMs wrongly with AVX-512 on some CPUs (AMD Zen 5), outside training and
    // unless the hidden size is a multiple of 32: docs/design.md.
    private static readonly (string Name, string Value) Instructions = ("ONEDNN_MAX_CPU_ISA", "AVX2");

    /// <summary>Has an effect only before the first operation of libtorch in this process.</summary>
    internal static void Set()
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[Spinning, Instructions])
        {
            if (Environment.GetEnvironmentVariable(name) is null)
            {
                Set(name, value);
            }
        }
    }

    // Outside Windows, .NET's own way to set a variable does not reach native code.
    private static void Set(string name, string value)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(name, value);
        }
        else
        {
            _ = SetNative(name, value, overwrite: 0);
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int SetNative(
        [MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
