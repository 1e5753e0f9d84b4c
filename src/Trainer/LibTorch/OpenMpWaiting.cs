using System.Runtime.InteropServices;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Bounds how long libtorch's OpenMP workers spin while they wait for each other. GNU's OpenMP spins for milliseconds
/// by default, which on a machine that does other work too leaves the waited-for thread without a core: with both cores
/// of a two-core machine busy, training ran four times as fast with this bound, and on a quiet one 4 % slower at most.
/// </summary>
internal static class OpenMpWaiting
{
    private const string SpinCountVariable = "GOMP_SPINCOUNT";

    // Some microseconds: longer than the pauses between the small products of two time steps, shorter than a time
    // slice.
    private const string SpinCount = "2000";

    /// <summary>
    /// Has an effect only before libtorch is loaded, which reads the variable then; a value of the user's own wins.
    /// .NET's own way to set a variable does not reach native code.
    /// </summary>
    internal static void BoundSpinning()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetVariable(SpinCountVariable, SpinCount, overwrite: 0);
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
