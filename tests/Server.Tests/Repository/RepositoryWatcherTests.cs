using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace OnnxSentiment.Server.Tests;

/// <summary>When the repository is looked at.</summary>
[Parallelizable]
public class RepositoryWatcherTests
{
    [Test]
    public async Task Watch_EveryInterval_LooksAgain()
    {
        var clock = new FakeTimeProvider();
        using var files = new TestRepository().Add();
        await using var server = await TestServer.StartAsync(files, clock, "Models:Interval=00:00:10");
        var repository = server.Services.GetRequiredService<ModelRepository>();
        files.Add(name: "second");

        clock.Advance(TimeSpan.FromSeconds(9.9));
        await LookIsOver(repository);
        Assert.That(repository.Served.Select(version => version.Name), Is.EqualTo(["tiny"]));

        // Seen once, it may be half copied; seen twice the same, it is whole.
        await TestServer.UntilAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10));
                return Task.FromResult(repository.Served.Count == 2);
            },
            "the second is served");
    }

    [Test]
    public async Task Watch_IntervalOfNothing_LooksAtTheStartAlone()
    {
        var clock = new FakeTimeProvider();
        using var files = new TestRepository().Add();
        await using var server = await TestServer.StartAsync(files, clock, "Models:Interval=0");
        files.Add(name: "second");

        clock.Advance(TimeSpan.FromDays(1));

        var watcher = server.Services.GetRequiredService<RepositoryWatcher>();
        await watcher.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(1));
        var repository = server.Services.GetRequiredService<ModelRepository>();
        Assert.That(repository.Served.Select(version => version.Name), Is.EqualTo(["tiny"]));
    }

    // One change at a time: whoever asks for the index waits for the look before.
    private static Task LookIsOver(ModelRepository repository) => repository.IndexAsync(CancellationToken.None);
}
