using Microsoft.Extensions.Logging;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;

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
        Assert.That((await server.GetAsync("/v2/models/second/ready")).Status == 200, Is.True, "the second is served");
        Directory.Delete(Path.Combine(_repository.Root, "tiny"), recursive: true);
        await server.LookTwiceAsync();
        Assert.That((await server.GetAsync("/v2/models/tiny/ready")).Status == 404, Is.True, "the first has gone");

        await server.AssertAnswersAsync();
    }

    [Test]
    public async Task SeveralVersions_AskedForBySetting_AreServedSideBySide()
    {
        _repository.Add(version: 1, seed: 4).Add(version: 3, seed: 5).Add(version: 20, seed: 6);
        await using var server = await TestServer.StartAsync(_repository, "Models:Versions=2");

        Assert.That((await server.GetAsync("/v2/models/tiny")).Json.GetProperty("versions").GetRawText(),
            Is.EqualTo("""["20","3"]"""), "by number, not by alphabet");
        Assert.That(await VersionOf(server), Is.EqualTo("20"));
        using var model = TestRepository.Load(seed: 5);
        Assert.That(await LogitOf(server, "/versions/3"), Is.EqualTo(model.Predict("word3").Logit).Within(1e-5));
        Assert.That((await server.GetAsync("/v2/models/tiny/versions/1/ready")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Start_NewestVersionBroken_ServesTheNextOne()
    {
        _repository.Add(version: 1, seed: 4).Add(version: 2, model: [1, 2, 3]);
        await using var server = await TestServer.StartAsync(_repository);

        await AssertServes(server, seed: 4);
    }

    [Test]
    public async Task Start_EmptyRepository_IsNotReadyUntilAModelComes()
    {
        await using var server = await TestServer.StartAsync(_repository);
        var ready = await server.GetAsync("/v2/health/ready");
        Assert.That(ready.Status, Is.EqualTo(503));
        Assert.That(ready.Error, Does.Contain("No model is served"));

        _repository.Add();

        await server.LookTwiceAsync();
        Assert.That((await server.GetAsync("/v2/health/ready")).Status == 200, Is.True, "ready");
    }

    [Test]
    public async Task Folder_ThatCannotBeRead_LeavesTheOthersServing()
    {
        _repository.Add(seed: 4).Add(name: "other").Add(name: "first");
        await using var server = await TestServer.StartAsync(_repository);
        var loop = Path.Combine(_repository.Folder(name: "other"), "loop");
        File.CreateSymbolicLink(loop, loop); // no rights are needed to make it, and none suffice to read it
        Directory.CreateDirectory(_repository.Folder(name: "new"));
        var loopOfNew = Path.Combine(_repository.Folder(name: "new"), "loop");
        File.CreateSymbolicLink(loopOfNew, loopOfNew);
        _repository.Add(name: "new");

        _repository.Add(version: 2, seed: 5);
        await AssertTakesOver(server, "2");

        await AssertServes(server, seed: 5);
        var index = (await server.PostAsync("/v2/repository/index")).Json.EnumerateArray()
            .Select(entry => (
                entry.GetProperty("name").GetString(),
                entry.GetProperty("state").GetString(),
                entry.GetProperty("reason").GetString()!.Length > 0));
        Assert.That(
            index,
            Is.SupersetOf(
                new[]
                {
                    ("first", "READY", false), ("other", "READY", true), ("new", "UNAVAILABLE", true),
                    ("tiny", "READY", false),
                }));
        Assert.That((await server.GetAsync("/v2/models/other/ready")).Status, Is.EqualTo(200));
        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(200));
        Assert.That((await server.PostAsync("/v2/repository/models/new/load")).Status, Is.EqualTo(400));
        Assert.That(server.Log.Of(LogLevel.Warning),
            Has.Exactly(1).StartsWith("The folder of other cannot be read"), "once, not at every look");

        File.Delete(loop);
        await server.LookTwiceAsync();
        Assert.That(await ReasonsOf(server, "other") == "", Is.True, "it is read again");
    }

    [TestCase(".hidden")]
    [TestCase("two words")]
    [TestCase("ünïcode")]
    public async Task Folder_OfAnotherName_IsNoModel(string name)
    {
        _repository.Add().Add(name: name);
        Directory.CreateDirectory(Path.Combine(_repository.Root, "tiny", "config"));
        Directory.CreateDirectory(Path.Combine(_repository.Root, "tiny", "02"));
        await File.WriteAllTextAsync(
            Path.Combine(_repository.Root, "tiny", "config.pbtxt"), "platform: \"onnxruntime_onnx\"");
        await using var server = await TestServer.StartAsync(_repository);

        Assert.That((await server.PostAsync("/v2/repository/index")).Json.GetArrayLength(), Is.EqualTo(1));
        Assert.That(server.Log.Of(LogLevel.Error), Is.Empty);
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

    [Test]
    public async Task Model_ThatReadsTextsItself_IsServed()
    {
        var text = ModelFile.ToBytes(
            ClassifierExporter.Export(
                TestRepository.Checkpoint(seed: 4), new ExportOptions { Input = InputKind.Text }));
        _repository.Add().Add(1, text, name: "texts");
        await using var server = await TestServer.StartAsync(_repository);

        var entry = (await server.PostAsync("/v2/repository/index")).Json[0];
        Assert.That(entry.GetProperty("state").GetString(), Is.EqualTo("READY"));
    }

    private static async Task<string?> VersionOf(TestServer server) =>
        (await server.GetAsync("/v2/models/tiny")).Json.GetProperty("versions")[0].GetString();

    private static async Task AssertTakesOver(TestServer server, string version)
    {
        await server.LookTwiceAsync();
        Assert.That(await VersionOf(server), Is.EqualTo(version));
    }

    private static async Task<string> ReasonsOf(TestServer server, string name) => string.Concat(
        (await server.PostAsync("/v2/repository/index")).Json.EnumerateArray()
            .Where(entry => entry.GetProperty("name").GetString() == name)
            .Select(entry => entry.GetProperty("reason").GetString()));

    private static async Task<string?> ReasonOf(TestServer server, string version) =>
        (await server.PostAsync("/v2/repository/index")).Json.EnumerateArray()
            .Where(entry => entry.GetProperty("version").GetString() == version)
            .Select(entry => entry.GetProperty("reason").GetString()).SingleOrDefault();

    private static async Task<float> LogitOf(TestServer server, string version = "") =>
        (await server.PostAsync(
            $"/v2/models/tiny{version}/infer",
            $$"""
            {"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["word3"]}],
             "outputs":[{"name":"{{GraphNames.Logit}}"}]}
            """))
            .Json.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle();

    private static async Task AssertServes(TestServer server, int seed)
    {
        using SentimentModel model = TestRepository.Load(seed);
        Assert.That(await LogitOf(server), Is.EqualTo(model.Predict("word3").Logit).Within(1e-5));
    }
}
