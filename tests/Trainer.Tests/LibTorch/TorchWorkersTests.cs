using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

public class TorchWorkersTests
{
    // TorchSharp does not hold a tensor while libtorch reads it.
    [Test]
    public void Run_TensorThatNobodyHolds_LivesUntilThePartEnds()
    {
        using var workers = new TorchWorkers(1);
        var isAlive = false;
        workers.Run([() =>
        {
            var made = Make();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            isAlive = made.IsAlive;
        }]);

        Assert.That(isAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Make() => new(zeros(3));
}
