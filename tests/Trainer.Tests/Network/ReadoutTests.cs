using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

public class ReadoutTests
{
    private const int Steps = 100, Texts = 128, Size = 32;

    // A number that TorchSharp converts for libtorch may be collected while libtorch still computes. Without the LSTM
    // before it, most of the time of an iteration is the time in which that would happen.
    [TestCase(ReadoutKind.MaxMean)]
    [TestCase(ReadoutKind.Attention)]
    public async Task Read_WhileGarbageIsCollected_IsTheSame(ReadoutKind kind)
    {
        using var scope = NewDisposeScope();
        using var readout = new Readout(new ModelConfig { Readout = kind, HiddenSize = Size / 2 });

        // Below 0 nearly everywhere, so that a 0 at padding would be the largest.
        var states = randn(Steps, Texts, Size) - 5;
        var texts = TokenBatch.Pad(
            [.. Enumerable.Range(0, Texts).Select(n => Enumerable.Repeat(7L, 1 + (n % Steps)).ToArray())]);
        using var stop = new CancellationTokenSource();
        var collecting = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });

        float[] Read()
        {
            using var inner = NewDisposeScope();
            using var noGradients = no_grad();
            return readout.Read(states, SequenceBatch.From(texts)).data<float>().ToArray();
        }

        var expected = Read();
        for (var i = 0; i < 200; i++)
        {
            Assert.That(Read().AsSpan().SequenceEqual(expected), $"iteration {i}");
        }

        await stop.CancelAsync();
        await collecting;
    }
}
