using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server.Tests;

/// <summary>How long a version lives.</summary>
[Parallelizable]
public class ModelVersionTests
{
    [Test]
    public async Task Retire_RequestUnderWay_IsAnsweredBeforeTheMemoryIsFreed()
    {
        var version = Create();
        var lease = version.TryLease()!;

        version.Retire();

        Assert.That((await version.Queue.PredictAsync("word3")).Label, Is.Not.Empty);
        lease.Dispose();
        Assert.That(() => version.Queue.PredictAsync("word3"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => version.Model.Predict("word3"), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void TryLease_Retired_IsRefused()
    {
        var version = Create();
        version.Retire();

        Assert.That(version.TryLease(), Is.Null);
    }

    [Test]
    public void Dispose_Twice_EndsOneUse()
    {
        var version = Create();
        var lease = version.TryLease()!;
        lease.Dispose();
        lease.Dispose();

        using (version.TryLease())
        {
            Assert.That(version.Model.Predict("word3").Label, Is.Not.Empty);
        }

        version.Retire();
    }

    private static ModelVersion Create()
    {
        var model = TestRepository.Load(seed: 4);
        return new ModelVersion(
            "tiny", new VersionFolder(1, "nowhere", ""), model, new BatchingSentimentModel(model), TimeProvider.System);
    }
}
