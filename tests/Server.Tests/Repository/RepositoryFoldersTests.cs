using Microsoft.Extensions.Logging;
using static OnnxSentiment.Server.Tests.RepositoryAnswers;

namespace OnnxSentiment.Server.Tests;

/// <summary>Which folders are models and versions, and what of them is served from the start.</summary>
[Parallelizable]
public class RepositoryFoldersTests
{
    private TestRepository _repository = null!;

    [SetUp]
    public void Create() => _repository = new TestRepository();

    [TearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    public async Task Start_EmptyRepository_IsNotReadyUntilAModelComes()
    {
        await using var server = await TestServer.StartAsync(_repository);
        var ready = await server.GetAsync("/v2/health/ready");
        Assert.That(ready.Status, Is.EqualTo(503));
        Assert.That(ready.Error, Does.Contain("No model is served"));

        _repository.Add();

        await server.LookTwiceAsync();
        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(200), "ready");
    }

    [Test]
    public async Task Start_NewestVersionBroken_ServesTheNextOne()
    {
        _repository.Add(version: 1, seed: 4).Add(version: 2, model: [1, 2, 3]);
        await using var server = await TestServer.StartAsync(_repository);

        await AssertServes(server, seed: 4);
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
}
