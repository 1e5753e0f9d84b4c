using System.Buffers.Binary;

namespace OnnxSentiment.Trainer.Tests;

public class LearningCurvesTests
{
    [TestCase(1)]
    [TestCase(12)]
    public void SavePng_AnyNumberOfEpochs_WritesAPictureOfTheStatedSize(int epochs)
    {
        var path = Path.Combine(Path.GetTempPath(), $"curves-{Guid.NewGuid():N}.png");
        try
        {
            LearningCurves.SavePng(History(epochs), path);
            var bytes = File.ReadAllBytes(path);
            Assert.That(bytes.AsSpan(1, 3).ToArray(), Is.EqualTo("PNG"u8.ToArray()));
            Assert.That(
                BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), Is.EqualTo(1000), "width in the IHDR chunk");
            Assert.That(
                BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)), Is.EqualTo(420), "height in the IHDR chunk");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Parse_ToJsonsText_GivesTheSameEpochs()
    {
        var history = History(3);
        Assert.That(TrainingHistory.Parse(history.ToJson()).Epochs,
            Is.EqualTo(history.Epochs.Select(epoch => epoch with { Seconds = 0 })), "all but the time");
        Assert.That(history.Best!.Epoch, Is.EqualTo(2));
        Assert.That(history.EpochsSinceBest, Is.EqualTo(1));
    }

    private static TrainingHistory History(int epochs) => new()
    {
        Epochs = [.. Enumerable.Range(1, epochs).Select(epoch => new EpochMetrics
        {
            Epoch = epoch,
            TrainLoss = 1.0 / epoch,
            TrainAccuracy = 1 - (0.5 / epoch),
            ValidationLoss = 0.3 + (0.01 * Math.Abs(epoch - 2)),
            ValidationAccuracy = 0.85,
            Seconds = 1,
        })],
    };
}
