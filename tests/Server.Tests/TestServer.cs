using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Server.Tests;

/// <summary>The whole server in this process, behind a real socket of a port of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication _app;
    private readonly TestRepository? _own;

    private TestServer(WebApplication app, TestRepository? own, LogRecords log)
    {
        _app = app;
        _own = own;
        Log = log;

        // Endpoints are bound in the order of their names: Grpc, if there is one, before Http0.
        Client = new HttpClient(SlowContent.Handler) { BaseAddress = new Uri(app.Urls.Last()), Timeout = Patience };
        GrpcAddress = new Uri(app.Urls.First());
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    /// <summary>Where gRPC is spoken, if the settings have a <c>Grpc:Url</c>.</summary>
    public Uri GrpcAddress { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>All that the server logs, from its beginning.</summary>
    public LogRecords Log { get; }

    /// <summary>Starts a server with one model and waits until it is ready.</summary>
    /// <param name="settings">As on the command line, without the dashes.</param>
    public static Task<TestServer> StartAsync(params string[] settings) =>
        StartAsync(new TestRepository().Add(), owns: true, settings);

    /// <summary>Starts a server on a repository and waits until it has looked at it.</summary>
    public static Task<TestServer> StartAsync(TestRepository repository, params string[] settings) =>
        StartAsync(repository, owns: false, settings);

    /// <summary>Starts a server on a repository that goes by a clock of the test's.</summary>
    public static Task<TestServer> StartAsync(
        TestRepository repository, TimeProvider clock, params string[] settings) =>
        StartAsync(repository, owns: false, settings, builder => builder.Services.AddSingleton(clock));

    /// <summary>Starts a server with one model and an endpoint of the test's own.</summary>
    public static Task<TestServer> StartAsync(string pattern, RequestDelegate endpoint) => StartAsync(
        new TestRepository().Add(), owns: true, [], map: app => app.Map(pattern, endpoint));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _own?.Dispose();
    }

    public async Task<Answer> GetAsync(string path) => await Answer.ReadAsync(await Client.GetAsync(path));

    /// <summary>Posts JSON, given as an object or as text.</summary>
    public async Task<Answer> PostAsync(string path, object? body = null, string contentType = "application/json")
    {
        var text = body as string ?? (body is null ? "" : JsonSerializer.Serialize(body));
        using var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new(contentType);
        return await Answer.ReadAsync(await Client.PostAsync(path, content));
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            return await Answer.ReadAsync(await Client.SendAsync(request));
        }
    }

    /// <summary>Waits until something is so that gives no signal, such as the state of another process.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(end), $"waited in vain: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Looks at the repository as the watcher does, which these servers have none of by default.</summary>
    public Task LookAsync() =>
        Services.GetRequiredService<ModelRepository>().RefreshAsync(waitForCopies: true, CancellationToken.None);

    /// <summary>Looks twice, after which a version that does not change any more is taken for whole.</summary>
    public async Task LookTwiceAsync()
    {
        await LookAsync();
        await LookAsync();
    }

    /// <summary>The next good request is answered.</summary>
    public async Task AssertAnswersAsync()
    {
        var answer = await PostAsync("/sentiment", new { text = "word5 word9" });
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    private static async Task<TestServer> StartAsync(
        TestRepository repository,
        bool owns,
        string[] settings,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null)
    {
        var log = new LogRecords();
        string[] common =
        [
            "--urls=http://127.0.0.1:0", "--Grpc:Url=", $"--Models:Repository={repository.Root}", "--Models:Interval=0",
            "--Models:SettleTime=0", "--Shutdown:Delay=0",
        ];
        var app = ServerApp.Create([.. common, .. settings.Select(setting => $"--{setting}")], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log);
            configure?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync();
        var server = new TestServer(app, owns ? repository : null, log);
        var watcher = app.Services.GetRequiredService<RepositoryWatcher>();
        await UntilAsync(() => Task.FromResult(watcher.HasLoaded), "the repository is loaded");
        return server;
    }
}
