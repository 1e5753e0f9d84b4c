using Microsoft.Extensions.Logging;
using static OnnxSentiment.Server.Tests.RepositoryAnswers;

namespace OnnxSentiment.Server.Tests;

/// <summary>What happens to callers while the files of the repository change under a running server.</summary>
[Parallelizable]
public class ModelRepositoryTests
{
    private TestRepository _repository = null!;

    [SetUp]
    public void Create() => _repository = new TestRepository();

    [TearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    public async Task NewVersion_CopiedByteByByte_TakesOverWhenItIsWhole()
    {
        _repository.Add(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);
        var bytes = TestRepository.Model(seed: 5);
        Directory.CreateDirectory(_repository.Folder(2));
        await using (var file = File.Create(_repository.ModelFile(2)))
        {
            foreach (var part in bytes.Chunk(bytes.Length / 5))
            {
                await file.WriteAsync(part);
                await file.FlushAsync();
                Assert.That(await VersionOf(server), Is.EqualTo("1"));
                await server.LookAsync();
            }
        }

        await AssertTakesOver(server, "2");
        await AssertServes(server, seed: 5);
        Assert.That(
            (await server.GetAsync("/v2/models/tiny/versions/1/ready")).Status, Is.EqualTo(404), "one version is kept");
        Assert.That(server.Log.Messages, Has.Some.StartsWith("tiny version 1 is served no more"));
    }

    [Test]
    public async Task NewVersion_Broken_LeavesTheOldServingAndSaysWhy()
    {
        _repository.Add(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);

        _repository.Add(version: 2, model: TestRepository.Model(seed: 5)[..1_000]);

        await server.LookTwiceAsync();
        Assert.That(await ReasonOf(server, "2") is { Length: > 0 } reason && reason != "unloaded",
            Is.True, "version 2 is refused");
        Assert.That(await ReasonOf(server, "2"), Does.Contain("cannot be used"));
        Assert.That(server.Log.Of(LogLevel.Error),
            Has.Exactly(1).Contains("tiny version 2 is not served"), "once, not at every look");
        await AssertServes(server, seed: 4);
        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(200));

        _repository.Add(version: 2, seed: 5);
        await AssertTakesOver(server, "2");
        Assert.That(await ReasonOf(server, "2"), Is.Empty);
    }

    [Test]
    public async Task NewVersion_ThatComputesSomethingElseThanItsTestData_IsRefused()
    {
        _repository.Add(seed: 4).AddTestData(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);
        await AssertServes(server, seed: 4);

        Directory.CreateDirectory(_repository.Folder(2));
        _repository.AddTestData(version: 2, seed: 4).Add(version: 2, seed: 5);

        await server.LookTwiceAsync();
        Assert.That(
            (await ReasonOf(server, "2"))?.Contains(
                "does not compute what lies beside it", StringComparison.Ordinal) == true,
            Is.True,
            "version 2 is refused");
        await AssertServes(server, seed: 4);
    }

    [Test]
    public async Task ServedFile_TruncatedUnderWay_GoesOnServing()
    {
        _repository.Add(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);

        await using (var file = File.OpenWrite(_repository.ModelFile()))
        {
            file.SetLength(100);
        }

        await server.LookTwiceAsync();
        Assert.That(await ReasonOf(server, "1") is { Length: > 0 }, Is.True, "the change is refused");
        await AssertServes(server, seed: 4);
        var entry = (await server.PostAsync("/v2/repository/index")).Json[0];
        Assert.That(entry.GetProperty("state").GetString(), Is.EqualTo("READY"));
    }

    [Test]
    public async Task ServedFile_BrokenAndPutBack_HasNothingToSay()
    {
        _repository.Add(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);

        File.Move(_repository.ModelFile(), _repository.ModelFile() + ".aside");
        File.WriteAllBytes(_repository.ModelFile(), [1, 2, 3]);
        await server.LookTwiceAsync();
        Assert.That(await ReasonOf(server, "1") is { Length: > 0 }, Is.True, "the broken one is refused");
        File.Delete(_repository.ModelFile());
        File.Move(_repository.ModelFile() + ".aside", _repository.ModelFile());

        await server.LookTwiceAsync();
        Assert.That(await ReasonOf(server, "1") == "", Is.True, "the good one is there again");
        await AssertServes(server, seed: 4);
    }

    [Test]
    public async Task ServedFile_ReplacedByAnother_IsServed()
    {
        _repository.Add(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);
        using var model = TestRepository.Load(seed: 5);

        _repository.Add(seed: 5);

        await server.LookTwiceAsync();
        Assert.That(
            Math.Abs(await LogitOf(server) - model.Predict("word3").Logit) < 1e-5, Is.True, "the new file is served");
    }

    [Test]
    public async Task OldVersion_ReplacedByABrokenOne_GoesOnServing()
    {
        _repository.Add(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);

        Directory.Delete(_repository.Folder(1), recursive: true);
        await server.LookTwiceAsync();
        await AssertServes(server, seed: 4);
        _repository.Add(version: 2, model: [1, 2, 3]);

        await server.LookTwiceAsync();
        Assert.That(await ReasonOf(server, "2") is { Length: > 0 }, Is.True, "version 2 is refused");
        await AssertServes(server, seed: 4);
    }

    [Test]
    public async Task Model_DeletedAndNewOnesAdded_AreFollowed()
    {
        _repository.Add();
        await using var server = await TestServer.StartAsync(_repository);

        _repository.Add(name: "second", seed: 5);
        await server.LookTwiceAsync();
        Assert.That((await server.GetAsync("/v2/models/second/ready")).Status, Is.EqualTo(200), "the second is served");
        Directory.Delete(Path.Combine(_repository.Root, "tiny"), recursive: true);
        await server.LookTwiceAsync();
        Assert.That((await server.GetAsync("/v2/models/tiny/ready")).Status, Is.EqualTo(404), "the first has gone");

        await server.AssertAnswersAsync();
    }

    [Test]
    public async Task Requests_WhileVersionsChange_AllEndWell()
    {
        _repository.Add(seed: 4);
        await using var server = await TestServer.StartAsync(_repository);
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var statuses = new List<int>();
            while (!stop.IsCancellationRequested)
            {
                var texts = Enumerable.Repeat("word3 word4 word5", 20);
                statuses.Add((await server.PostAsync("/sentiment", new { texts })).Status);
            }

            return statuses;
        })).ToList();

        for (var version = 2; version <= 6; version++)
        {
            _repository.Add(version, seed: 4 + version);
            await AssertTakesOver(server, $"{version}");
        }

        await stop.CancelAsync();
        var all = (await Task.WhenAll(callers)).SelectMany(statuses => statuses).ToList();
        Assert.That(all, Has.All.EqualTo(200));
        Assert.That(all, Is.Not.Empty);
    }
}
