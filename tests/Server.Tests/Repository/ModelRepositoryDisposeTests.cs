using Microsoft.Extensions.Logging.Abstractions;

namespace OnnxSentiment.Server.Tests;

/// <summary>What the end of a repository leaves behind: nothing that computes.</summary>
[Parallelizable]
public class ModelRepositoryDisposeTests
{
    [Test]
    public async Task Dispose_WhileLoading_WaitsForItAndServesNothing()
    {
        using var files = new TestRepository().Add();
        var repository = Of(files);
        var loading = repository.RefreshAsync(waitForCopies: false, CancellationToken.None);
        Assert.That(loading.IsCompleted, Is.False);

        repository.Dispose();

        await loading;
        Assert.That(repository.ServesAny, Is.False, "nor what was being loaded");
    }

    [Test]
    public async Task Dispose_RequestStillUnderWay_EndsItsRunsToo()
    {
        using var files = new TestRepository().Add();
        var repository = Of(files);
        await repository.RefreshAsync(waitForCopies: false, CancellationToken.None);
        using var lease = repository.Lease("tiny", version: null);

        repository.Dispose();

        Assert.That(() => lease.Version.Queue.PredictAsync("word3"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => lease.Version.Model.Predict("word3"), Throws.TypeOf<ObjectDisposedException>());
    }

    private static ModelRepository Of(TestRepository files)
    {
        var options = new ModelsOptions { Repository = files.Root, SettleTime = TimeSpan.Zero };
        var loader = new VersionLoader(
            options, new BatchingSettings(), TimeProvider.System, NullLoggerFactory.Instance);
        return new ModelRepository(options, loader, TimeProvider.System, NullLogger<ModelRepository>.Instance);
    }
}
