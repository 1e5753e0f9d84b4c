using System.Security.Cryptography;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

internal sealed class ImdbDownloadTests
{
    private static readonly byte[] Archive = Archives.OfReviews();

    private readonly HttpClient _client = new();
    private TemporaryFolder _folder = null!;

    private string Target => _folder["cache/reviews.tar.gz"];

    private string Partial => Target + ".partial";

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [OneTimeTearDown]
    public void DisposeClient() => _client.Dispose();

    [Test]
    public async Task Fetch_Twice_DownloadsOnce()
    {
        using var server = new LoopbackServer(LoopbackServer.File(Archive));
        var reported = new List<DownloadProgress>();
        var path = await Of(server).FetchAsync(_client, new Recorder(reported));
        await Of(server).FetchAsync(_client);

        Assert.Multiple(() =>
        {
            Assert.That(path, Is.EqualTo(Target));
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(Archive));
            Assert.That(server.Requests, Is.EqualTo(new[] { -1 }));
            Assert.That(reported[^1], Is.EqualTo(new DownloadProgress(Archive.Length, Archive.Length)));
            Assert.That(File.Exists(Partial), Is.False);
        });
    }

    [Test]
    public async Task Fetch_ConnectionBreaksAgainAndAgain_GoesOnWhereItBroke()
    {
        using var server = new LoopbackServer(LoopbackServer.File(Archive, breakAfter: 100));
        await Of(server).FetchAsync(_client);

        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Archive));
        Assert.That(server.Requests.Take(3), Is.EqualTo(new[] { -1, 100, 200 }));
    }

    [Test]
    public async Task Fetch_AfterAnInterruptedRun_GoesOn()
    {
        using (var server = new LoopbackServer(LoopbackServer.File(Archive, breakAfter: 100)))
        {
            AssertRefused(
                Of(server) with { Retries = 0 }, $"broke off at 100 of {Archive.Length} bytes", "goes on from there");
        }

        using var second = new LoopbackServer(LoopbackServer.File(Archive));
        await Of(second).FetchAsync(_client);

        Assert.That(second.Requests, Is.EqualTo(new[] { 100 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Archive));
    }

    [Test]
    public async Task Fetch_ServerIgnoresRanges_StartsAnew()
    {
        _folder.Write("cache/reviews.tar.gz.partial", Archive[..50]);
        using var server = new LoopbackServer(LoopbackServer.WithoutRanges(Archive));
        await Of(server).FetchAsync(_client);

        Assert.That(server.Requests, Is.EqualTo(new[] { 50 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Archive));
    }

    [TestCase("416 Range Not Satisfiable")]
    [TestCase("206 Partial Content\r\nContent-Range: bytes 7-9/10")]
    public async Task Fetch_RangeRefused_StartsAnew(string status)
    {
        _folder.Write("cache/reviews.tar.gz.partial", Archive[..50]);
        using var server = new LoopbackServer(LoopbackServer.Status(status), LoopbackServer.File(Archive));
        await Of(server).FetchAsync(_client);

        Assert.That(server.Requests, Is.EqualTo(new[] { 50, -1 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Archive));
    }

    [Test]
    public async Task Fetch_WholeFileUnderTheTemporaryName_OnlyVerified()
    {
        _folder.Write("cache/reviews.tar.gz.partial", Archive);
        using var server = new LoopbackServer(LoopbackServer.File(Archive));
        await Of(server).FetchAsync(_client);

        Assert.That(server.Requests, Is.Empty);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Archive));
    }

    [Test]
    public async Task Fetch_DamagedFileOrTooLongRest_DownloadedAnew()
    {
        _folder.Write("cache/reviews.tar.gz", "damaged");
        _folder.Write("cache/reviews.tar.gz.partial", new byte[Archive.Length + 1]);
        using var server = new LoopbackServer(LoopbackServer.File(Archive));
        await Of(server).FetchAsync(_client);

        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Archive));
    }

    [Test]
    public void Fetch_WrongChecksum_DeletedAndNamed()
    {
        var other = Archive.ToArray();
        other[^1] ^= 1;
        using var server = new LoopbackServer(LoopbackServer.File(other));

        AssertRefused(
            Of(server),
            $"has the SHA-256 {Convert.ToHexStringLower(SHA256.HashData(other))}, but " +
            $"{Convert.ToHexStringLower(SHA256.HashData(Archive))} was expected",
            "it was deleted");
        Assert.That(Directory.GetFiles(_folder["cache"]), Is.Empty);
    }

    [Test]
    public void Fetch_OtherSize_Refused()
    {
        using var server = new LoopbackServer(LoopbackServer.File([1, 2, 3]));
        AssertRefused(Of(server), $"its file has 3 bytes, but {Archive.Length} were expected", "by hand");
    }

    [Test]
    public void Fetch_OtherSizeWhenResuming_Refused()
    {
        _folder.Write("cache/reviews.tar.gz.partial", Archive[..50]);
        using var server = new LoopbackServer(LoopbackServer.File([.. Archive, 0]));
        AssertRefused(Of(server), $"its file has {Archive.Length + 1} bytes", "by hand");
    }

    [Test]
    public void Fetch_EndlessBody_Refused()
    {
        using var server = new LoopbackServer(_ => ("200 OK", new byte[Archive.Length + 1]));
        AssertRefused(Of(server), $"it sends more than the expected {Archive.Length} bytes", "by hand");
    }

    [TestCase("404 Not Found")]
    [TestCase("503 Service Unavailable")]
    public void Fetch_ErrorStatus_Named(string status)
    {
        using var server = new LoopbackServer(LoopbackServer.Status(status));
        AssertRefused(Of(server), $"it answers {status}", "by hand");
    }

    [Test]
    public void Fetch_NobodyListens_Named()
    {
        ImdbDownload download;
        using (var server = new LoopbackServer(LoopbackServer.File(Archive)))
        {
            download = Of(server);
        }

        AssertRefused(download, $"broke off at 0 of {Archive.Length} bytes", "by hand");
    }

    [Test]
    public async Task Fetch_ServerSilent_TriedAgain()
    {
        var time = new ManualTime();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var proceed = new ManualResetEventSlim();
        using var server = new LoopbackServer(
            start =>
            {
                asked.SetResult();
                proceed.Wait();
                return LoopbackServer.File(Archive)(start);
            },
            LoopbackServer.File(Archive));
        var fetching = (Of(server) with { Time = time, StallTimeout = TimeSpan.FromSeconds(60) }).FetchAsync(_client);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(fetching.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        proceed.Set();
        await fetching;

        Assert.That(server.Requests, Is.EqualTo(new[] { -1, -1 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Archive));
    }

    [Test]
    public void Fetch_ServerSilentAfterAllRetries_SaysForHowLong()
    {
        var time = new ManualTime();
        using var proceed = new ManualResetEventSlim();
        using var server = new LoopbackServer(start =>
        {
            time.Advance(TimeSpan.FromSeconds(60));
            proceed.Wait();
            return LoopbackServer.File(Archive)(start);
        });
        AssertRefused(
            Of(server) with { Time = time, StallTimeout = TimeSpan.FromSeconds(60), Retries = 0 },
            "for 60 s", $"0 of {Archive.Length} bytes");
        proceed.Set();
    }

    [Test]
    public async Task Fetch_ConnectionBreaks_WaitsBeforeItTriesAgain()
    {
        var time = new ManualTime();
        using var server =
            new LoopbackServer(LoopbackServer.File(Archive, breakAfter: 100), LoopbackServer.File(Archive));
        var fetching = (Of(server) with { Time = time, RetryDelay = TimeSpan.FromSeconds(2) }).FetchAsync(_client);
        await Task.WhenAny(time.TimerOf(TimeSpan.FromSeconds(2)), fetching);
        Assert.That(server.Requests, Is.EqualTo(new[] { -1 }));
        time.Advance(TimeSpan.FromSeconds(2));
        await fetching;

        Assert.That(server.Requests, Is.EqualTo(new[] { -1, 100 }));
    }

    [Test]
    public void Fetch_Cancelled_KeepsWhatArrived()
    {
        using var server = new LoopbackServer(LoopbackServer.File(Archive, breakAfter: 100));
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder([], cancellation.Cancel);

        Assert.That(
            () => Of(server).FetchAsync(_client, progress, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.ReadAllBytes(Partial), Is.EqualTo(Archive[..100]));
        Assert.That(File.Exists(Target), Is.False);
    }

    [Test]
    public void Fetch_AnotherDownloadRunning_Named()
    {
        _folder.Write("cache/reviews.tar.gz.partial", "");
        using var server = new LoopbackServer(LoopbackServer.File(Archive));
        using var other = new FileStream(Partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        AssertRefused(Of(server), "is another download running?", "by hand");
    }

    [Test]
    public void Read_TheWordImdb_DownloadsAndReads()
    {
        using var server = new LoopbackServer(LoopbackServer.File(Archive));
        var data = DatasetReader.Read("imdb", new DatasetOptions { Imdb = Of(server), HttpClient = _client });

        Assert.That(data.Name, Is.EqualTo("imdb"));
        Assert.That(data.Sha256, Is.EqualTo(DatasetReader.Read(Target).Sha256));
    }

    [TestCase("/a", "/b", ExpectedResult = "/a")]
    [TestCase("", "/b", ExpectedResult = "/b/onnx-sentiment")]
    public string DefaultFolder_Environment_InThisOrder(string own, string cache) =>
        ImdbDownload.DefaultFolder(name => name == ImdbDownload.FolderVariable ? own : cache).Replace('\\', '/');

    [Test]
    public void DefaultFolder_NoEnvironment_UsersFolder() =>
        Assert.That(Path.GetFileName(ImdbDownload.DefaultFolder(_ => null)), Is.EqualTo("onnx-sentiment"));

    private ImdbDownload Of(LoopbackServer server) => new()
    {
        Url = server.Url,
        Size = Archive.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Archive)),
        Folder = _folder["cache"],
        RetryDelay = TimeSpan.Zero,
    };

    private void AssertRefused(ImdbDownload download, string found, string advice)
    {
        Assert.That(
            () => download.FetchAsync(_client),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(found).And.Message.Contains(advice));
        Assert.That(File.Exists(Target), Is.False);
    }

    private sealed class Recorder(List<DownloadProgress> reported, Action? onReport = null)
        : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            reported.Add(value);
            onReport?.Invoke();
        }
    }
}
