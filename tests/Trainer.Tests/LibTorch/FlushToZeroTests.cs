using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnnxSentiment.Trainer.Tests;

public class FlushToZeroTests
{
    private const float SmallestNormal = 1.17549435e-38f;

    [Test]
    public void EnableOnThisThread_LinuxX64_MakesDenormalsZeroThereAndNowhereElse()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Assert.Ignore("The mode is set on Linux x64 alone.");
        }

        var halfOnTrainingThread = TrainingThread.Run(1, () => Half(SmallestNormal));
        Assert.That(halfOnTrainingThread, Is.Zero);
        Assert.That(Half(SmallestNormal), Is.Not.Zero, "the caller's thread has changed");
    }

    // Halved, the smallest normal number becomes a denormal one; not inlined, so that the division happens when it is
    // called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Half(float value) => value / 2;
}
