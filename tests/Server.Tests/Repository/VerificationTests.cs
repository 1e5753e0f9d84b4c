using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OnnxSentiment.Parity;
using static OnnxSentiment.Server.Tests.RepositoryAnswers;

namespace OnnxSentiment.Server.Tests;

/// <summary>What is served as verified, what with a warning, what waits and what is refused.</summary>
[Parallelizable]
public class VerificationTests
{
    private static readonly string[] Settling = ["Models:SettleTime=00:00:10"];

    private readonly FakeTimeProvider _clock = new();
    private TestRepository _repository = null!;

    [SetUp]
    public void Create() => _repository = new TestRepository();

    [TearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    public async Task Start_VerificationAndTestDataAgree_IsVerifiedAtOnce()
    {
        _repository.Add().AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(
            _repository, _clock, [.. Settling, "Models:RequireVerification=true"]);

        await AssertServes(server, seed: 4);
        Assert.That(server.Log.Of(LogLevel.Information), Has.Some.StartsWith("tiny version 1 is verified and served"));
        Assert.That(server.Log.Of(LogLevel.Warning), Has.None.Contains("verification"));
        Assert.That(await VerifiedOf(server), Is.EqualTo((true, true)));
        Assert.That(await VerificationOf(server), Does.Contain("SHA-256").And.Match(@"\d+ texts of test data agree"));
    }

    [TestCase(false, false, "no verification.json and no test data")]
    [TestCase(true, false, "no test data")]
    [TestCase(false, true, "no verification.json")]
    public async Task Start_SomethingMissing_IsServedWithAWarning(
        bool hasVerification, bool hasTestData, string missing)
    {
        Add(hasVerification, hasTestData);
        await using var server = await TestServer.StartAsync(_repository);

        await AssertServes(server, seed: 4);
        Assert.That(
            server.Log.Of(LogLevel.Warning),
            Has.Exactly(1).StartsWith($"tiny version 1 is served without verification: it has {missing}"));
        Assert.That(await VerifiedOf(server), Is.EqualTo((false, false)));
        Assert.That(await VerificationOf(server), Is.EqualTo($"it has {missing}"));
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task Start_SomethingMissingButRequired_IsRefused(bool hasVerification, bool hasTestData)
    {
        Add(hasVerification, hasTestData);
        await using var server = await TestServer.StartAsync(_repository, "Models:RequireVerification=true");

        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(503));
        Assert.That(await ReasonOf(server, "1"), Does.Contain("Models:RequireVerification"));
        Assert.That(server.Log.Of(LogLevel.Error), Has.Exactly(1).Contains("Models:RequireVerification"));
    }

    [Test]
    public async Task Start_AnotherSum_IsRefusedThoughTheTestDataAgree([Values] bool isRequired)
    {
        _repository.Add().AddTestData().AddVerification(seed: 5);
        await using var server = await TestServer.StartAsync(_repository, $"Models:RequireVerification={isRequired}");

        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(503));
        Assert.That(
            await ReasonOf(server, "1"), Does.Contain("has the SHA-256").And.Contain("changed after its export"));
    }

    [Test]
    public async Task Start_OneBitFlipped_IsRefusedByTheSum()
    {
        var bytes = (byte[])TestRepository.Model(seed: 4).Clone();
        bytes[bytes.Length / 2] ^= 1;
        _repository.Add(version: 1, model: bytes).AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(_repository);

        Assert.That(await ReasonOf(server, "1"), Does.Contain("has the SHA-256"));
    }

    [Test]
    public async Task Start_Unverified_WaitsUntilItsFilesHaveSettled()
    {
        _repository.Add();
        await using var server = await TestServer.StartAsync(_repository, _clock, Settling);

        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(503));
        Assert.That(await ReasonOf(server, "1"), Does.Contain("not changed for 10 s (Models:SettleTime)"));
        Assert.That(server.Log.Of(LogLevel.Error), Is.Empty);

        // The watcher itself waits for the clock here, as nothing else looks at an interval of 0.
        var repository = server.Services.GetRequiredService<ModelRepository>();
        await TestServer.UntilAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(10));
                return Task.FromResult(repository.ServesAny);
            },
            "it is served after all");
        await AssertServes(server, seed: 4);
    }

    [Test]
    public async Task NewVersion_ModelCopiedBeforeItsTestData_IsNeverServedUnverified()
    {
        _repository.Add(seed: 4).AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(_repository, _clock, Settling);

        // The model is not what its test data say: without them, it would be served.
        _repository.Add(version: 2, seed: 5);
        await LookFor(server, seconds: 9);
        Assert.That(await VersionOf(server), Is.EqualTo("1"));

        _repository.AddTestData(version: 2, seed: 6);
        await LookFor(server, seconds: 30);
        Assert.That(await VersionOf(server), Is.EqualTo("1"));
        Assert.That(await ReasonOf(server, "2"), Does.Contain("does not compute what lies beside it"));
    }

    [Test]
    public async Task NewVersion_FileAfterFileWithOldTimes_WaitsFromTheLastOne()
    {
        _repository.Add(seed: 4).AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(_repository, _clock, Settling);
        _repository.Add(version: 2, seed: 5);
        MakeOld(_repository.Folder(2));

        for (var file = 0; file < 5; file++)
        {
            await LookFor(server, seconds: 6);
            await File.WriteAllTextAsync(Path.Combine(_repository.Folder(2), $"README-{file}"), "text");
            MakeOld(_repository.Folder(2));
        }

        Assert.That(await VersionOf(server), Is.EqualTo("1"));
        await LookFor(server, seconds: 14);
        Assert.That(await VersionOf(server), Is.EqualTo("2"));
        Assert.That(await VerifiedOf(server), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task NewVersion_Verified_TakesOverAtTheFirstLook()
    {
        _repository.Add(seed: 4).AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(_repository, _clock, Settling);

        _repository.Add(version: 2, seed: 5).AddTestData(2, seed: 5).AddVerification(2, seed: 5);
        await server.LookAsync();

        Assert.That(await VersionOf(server), Is.EqualTo("2"));
        Assert.That(await VerifiedOf(server), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task NewVersion_CopiedFileByFile_IsServedOnlyWhenItIsWhole()
    {
        _repository.Add(seed: 4).AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(_repository, _clock, Settling);
        _repository.Add(version: 9, seed: 5).AddTestData(9, seed: 5).AddVerification(9, seed: 5);
        var whole = Path.Combine(_repository.Root, "whole");
        Directory.Move(_repository.Folder(9), whole);

        // Each file half, then whole, the model first, which is the worst order.
        foreach (var file in Directory.GetFiles(whole, "*", SearchOption.AllDirectories)
            .OrderByDescending(file => file.EndsWith("model.onnx", StringComparison.Ordinal))
            .ThenBy(file => file, StringComparer.Ordinal))
        {
            var target = Path.Combine(_repository.Folder(2), Path.GetRelativePath(whole, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var bytes = await File.ReadAllBytesAsync(file);
            await File.WriteAllBytesAsync(target, bytes[..(bytes.Length / 2)]);
            await server.LookAsync();
            Assert.That(await VersionOf(server), Is.EqualTo("1"), $"half of {target}");
            await File.WriteAllBytesAsync(target, bytes);
            await server.LookAsync();
            if (await VersionOf(server) == "2")
            {
                Assert.That(await VerifiedOf(server), Is.EqualTo((true, true)), target);
            }
        }

        Assert.That(await VersionOf(server), Is.EqualTo("2"));
        Assert.That(server.Log.Of(LogLevel.Warning), Has.None.Contains("without verification"));
    }

    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("")]
    public async Task Start_VerificationThatIsNone_IsRefused(string json)
    {
        _repository.Add().AddTestData();
        await File.WriteAllTextAsync(Path.Combine(_repository.Folder(), Verification.FileName), json);
        await using var server = await TestServer.StartAsync(_repository);

        Assert.That((await server.GetAsync("/v2/health/ready")).Status, Is.EqualTo(503));
        Assert.That(await ReasonOf(server, "1"), Does.Contain(Verification.FileName));
    }

    [Test]
    public async Task Load_UnverifiedAndNotSettled_SaysWhatItWaitsFor()
    {
        _repository.Add(seed: 4).AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(_repository, _clock, Settling);
        _repository.Add(version: 2, seed: 5);

        var answer = await server.PostAsync("/v2/repository/models/tiny/load");
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error, Does.Contain("version 2").And.Contain("Models:SettleTime"));
        Assert.That(await VersionOf(server), Is.EqualTo("1"));

        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.That((await server.PostAsync("/v2/repository/models/tiny/load")).Status, Is.EqualTo(200));
        Assert.That(await VersionOf(server), Is.EqualTo("2"));
    }

    [Test]
    public async Task ServedVersion_ReplacedAndPutBack_WaitsForNothing()
    {
        _repository.Add(seed: 4).AddTestData().AddVerification();
        await using var server = await TestServer.StartAsync(_repository, _clock, Settling);
        var sum = Path.Combine(_repository.Folder(), Verification.FileName);

        File.Move(sum, sum + ".aside");
        await server.LookTwiceAsync();
        Assert.That(await ReasonOf(server, "1"), Does.Contain("no verification.json"));
        File.Move(sum + ".aside", sum);
        await server.LookTwiceAsync();

        Assert.That(await ReasonOf(server, "1"), Is.Empty);
        Assert.That(await VerifiedOf(server), Is.EqualTo((true, true)));
    }

    // Looks every second of the test's clock.
    private async Task LookFor(TestServer server, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await server.LookAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private void Add(bool hasVerification, bool hasTestData)
    {
        _repository.Add();
        if (hasVerification)
        {
            _repository.AddVerification();
        }

        if (hasTestData)
        {
            _repository.AddTestData();
        }
    }

    // As cp -p keeps them.
    private static void MakeOld(string folder)
    {
        foreach (var file in Directory.GetFiles(folder))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    private static async Task<(bool Model, bool Index)> VerifiedOf(TestServer server)
    {
        var newest = await VersionOf(server);
        var index = (await server.PostAsync("/v2/repository/index")).Json.EnumerateArray()
            .Single(entry => entry.GetProperty("version").GetString() == newest);
        return ((await ParametersOf(server)).GetProperty("verified").GetBoolean(),
            index.GetProperty("verified").GetBoolean());
    }

    private static async Task<string?> VerificationOf(TestServer server) =>
        (await ParametersOf(server)).GetProperty("verification").GetString();

    private static async Task<JsonElement> ParametersOf(TestServer server) =>
        (await server.GetAsync("/v2/models/tiny")).Json.GetProperty("parameters");
}
