using System.Runtime.InteropServices;
using OnnxSentiment.Trainer.Internals;

namespace OnnxSentiment.Trainer.Tests.Training;

public class FlushToZeroTests
{
    // Halved, the smallest normal number becomes a denormal one.
    private static float _smallestNormal = 1.17549435e-38f;

    [Test]
    public void EnableOnThisThread_LinuxX64_MakesDenormalsZeroThereAndNowhereElse()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Assert.Ignore("The mode is set on Linux x64 alone.");
        }

        var halfOnTrainingThread = TrainingThread.Run(1, () => _smallestNormal / 2);
        Assert.That(halfOnTrainingThread, Is.Zero);
        Assert.That(_smallestNormal / 2, Is.Not.Zero, "the caller's thread has changed");
    }
}
