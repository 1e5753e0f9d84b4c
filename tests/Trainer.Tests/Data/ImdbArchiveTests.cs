using System.Diagnostics;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>The archive as it is downloaded, where the machine has it.</summary>
[Category("Slow")]
internal sealed class ImdbArchiveTests
{
    [Test]
    public void Read_RealArchive_HasThePublishedCounts()
    {
        var path = Checkout.ImdbArchive();
        var clock = Stopwatch.StartNew();
        var data = DatasetReader.Read(path, new DatasetOptions { IncludeUnlabeled = true });
        TestContext.Out.WriteLine(
            $"Read {data.Train.Count + data.Test.Count + data.Unlabeled.Count} reviews in " +
            $"{clock.Elapsed.TotalSeconds:F2} s; SHA-256 {data.Sha256}.");
        clock.Restart();
        var labelled = DatasetReader.Read(path);
        TestContext.Out.WriteLine($"Without the unlabeled ones: {clock.Elapsed.TotalSeconds:F2} s.");

        Assert.Multiple(() =>
        {
            Assert.That(CountByLabel(data.Train), Is.EqualTo(new[] { 12_500, 12_500 }));
            Assert.That(CountByLabel(data.Test), Is.EqualTo(new[] { 12_500, 12_500 }));
            Assert.That(data.Unlabeled, Has.Count.EqualTo(50_000));
            Assert.That(data.Labels, Is.EqualTo(new[] { "negative", "positive" }));
            Assert.That(labelled.Sha256, Is.EqualTo("ff02af69cb3dd46473caa306e998772b7ccc3c1795e0b8001cc3ef3fffdfd97d"),
                "as in the model card");
            Assert.That(data.Sha256, Is.Not.EqualTo(labelled.Sha256), "texts without labels are data too");
            Assert.That(labelled.Unlabeled, Is.Empty);
        });

        // Ratings 1-4 are negative and 7-10 positive; the rating is part of the file's name.
        foreach (var text in data.Train.Concat(data.Test))
        {
            var rating = int.Parse(Path.GetFileNameWithoutExtension(text.Id!).Split('_')[1]);
            Assert.That(text.Label, Is.EqualTo(rating <= 4 ? "negative" : "positive"), text.Id);
        }
    }

    private static int[] CountByLabel(IReadOnlyList<LabeledText> texts) =>
        [.. texts.GroupBy(text => text.Label).OrderBy(group => group.Key).Select(group => group.Count())];
}
