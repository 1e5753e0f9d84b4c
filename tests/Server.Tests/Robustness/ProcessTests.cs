using System.Net.Http.Json;

namespace OnnxSentiment.Server.Tests;

/// <summary>The server's beginning and end, as a process.</summary>
[Parallelizable, Platform("Linux,MacOsX", Reason = "Signals as Unix has them.")]
public class ProcessTests
{
    private TestRepository _repository = null!;

    [SetUp]
    public void Create() => _repository = new TestRepository().Add();

    [TearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    public async Task Terminate_RequestUnderWay_IsAnsweredNewOnesTooAndThenTheProcessEndsWith0()
    {
        using var server = new ServerProcess(_repository, "Shutdown:Delay=00:00:05");
        await server.UntilReadyAsync();
        using var body = new SlowContent();
        var slow = body.PostAsync(server.Client);
        await body.Begun;

        server.Terminate();

        await TestServer.UntilAsync(async () => await server.StatusAsync("/v2/health/ready") == 503, "not ready");
        Assert.That(await server.StatusAsync("/v2/health/live"), Is.EqualTo(200));
        using (var late = await server.Client.PostAsJsonAsync("/sentiment", new { text = "word3" }))
        {
            Assert.That((int)late.StatusCode, Is.EqualTo(200));
            Assert.That(late.Headers.ConnectionClose, Is.True);
        }

        await TestServer.UntilAsync(
            async () => await server.StatusAsync("/v2/health/live") == 0, "the socket is closed");
        body.End();
        Assert.That((int)(await slow).StatusCode, Is.EqualTo(200), "what was under way");
        Assert.That(await server.ExitCodeAsync(), Is.EqualTo(0));
    }

    [Test]
    public async Task Terminate_RequestThatNeverEnds_EndsAfterTheTimeout()
    {
        using var server = new ServerProcess(_repository, "Shutdown:Delay=0", "Shutdown:Timeout=00:00:00.5");
        await server.UntilReadyAsync();
        using var body = new SlowContent();
        var slow = body.PostAsync(server.Client);
        await body.Begun;

        server.Terminate();

        Assert.That(await server.ExitCodeAsync(), Is.EqualTo(0));
        body.End();
        Assert.That(async () => await slow, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Kill_WhileLoading_LeavesNothingThatHindersTheNextStart()
    {
        var before = Directory.GetFileSystemEntries(_repository.Root, "*", SearchOption.AllDirectories);
        await KillAsync(_ => Task.CompletedTask);
        await KillAsync(killed => TestServer.UntilAsync(
            async () => await killed.StatusAsync("/v2/health/live") == 200, "it listens, and loads"));
        await KillAsync(killed => killed.UntilReadyAsync());

        using var server = new ServerProcess(_repository);
        await server.UntilReadyAsync();
        Assert.That(Directory.GetFileSystemEntries(_repository.Root, "*", SearchOption.AllDirectories),
            Is.EquivalentTo(before), "the server writes nothing");
    }

    // What is written to this device of Linux fails as on a full disk.
    [Test]
    [Platform("Linux")]
    public async Task Log_DiskFull_DoesNotKeepTheServerFromAnswers()
    {
        using var server = new ServerProcess(
            _repository, ["sh", "-c", "exec dotnet \"$@\" >/dev/full 2>&1", "sh"], [
                "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Trace"]);
        await server.UntilReadyAsync();

        for (var i = 0; i < 50; i++)
        {
            Assert.That(await server.SentimentStatusAsync("word3"), Is.EqualTo(200));
        }

        server.Terminate();
        Assert.That(await server.ExitCodeAsync(), Is.EqualTo(0));
    }

    [Test]
    public async Task Start_SettingThatCannotBeUsed_EndsWith2AndOneSentence()
    {
        using var server = new ServerProcess(_repository, "Limits:Texts=0");

        Assert.That(await server.ExitCodeAsync(), Is.EqualTo(2));
        Assert.That(await server.Output,
            Is.EqualTo("Limits:Texts is 0, but has to lie between 1 and 1024." + Environment.NewLine));
    }

    [Test]
    public async Task Start_AddressOfAnother_EndsWith2AndOneSentence()
    {
        using var first = new ServerProcess(_repository);
        await first.UntilReadyAsync();

        using var second = new ServerProcess(_repository, $"urls={first.Client.BaseAddress}");

        Assert.That(await second.ExitCodeAsync(), Is.EqualTo(2));
        Assert.That((await second.Output).TrimEnd().Split('\n'),
            Has.Exactly(1).Contains("address already in use; choose other addresses with --urls and --Grpc:Url."));
        Assert.That(await second.Output, Does.Not.Contain("   at "));
    }

    // An address that documents are written with, and that no machine has; and a home without a developer's
    // certificate.
    [TestCase("urls=http://192.0.2.1:8000", "choose other addresses with --urls and --Grpc:Url.")]
    [TestCase("urls=https://127.0.0.1:0", "there is no certificate for it")]
    public async Task Start_AddressThatCannotBeServed_EndsWith2AndOneSentence(string setting, string sentence)
    {
        using var server = new ServerProcess(_repository, ["env", $"HOME={_repository.Root}", "dotnet"], [setting]);

        Assert.That(await server.ExitCodeAsync(), Is.EqualTo(2));
        Assert.That((await server.Output).TrimEnd().Split('\n'), Has.Exactly(1).Contains(sentence));
        Assert.That(await server.Output, Does.Not.Contain("   at "));
    }

    private async Task KillAsync(Func<ServerProcess, Task> moment)
    {
        using var killed = new ServerProcess(_repository);
        await moment(killed);
        killed.Kill();
    }
}
