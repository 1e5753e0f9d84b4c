using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace OnnxSentiment.Server.Tests;

/// <summary>The server as a process of its own, which can be stopped and killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    public ServerProcess(TestRepository repository, params string[] settings)
        : this(repository, ["dotnet"], settings)
    {
    }

    /// <summary>Starts it by a command that is given the server's own arguments.</summary>
    public ServerProcess(TestRepository repository, string[] command, string[] settings)
    {
        var port = FreePort();
        Client = new HttpClient(SlowContent.Handler)
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = Patience,
        };
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = repository.Root,
        };
        string[] arguments =
        [
            .. command[1..], typeof(ServerApp).Assembly.Location, $"--urls=http://127.0.0.1:{port}", "--Grpc:Url=",
            "--Models:Repository=.", "--Models:SettleTime=0", .. settings.Select(setting => $"--{setting}"),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        Output = ReadAsync();
    }

    public HttpClient Client { get; }

    /// <summary>Everything that the process wrote, once it has ended.</summary>
    public Task<string> Output { get; }

    public int Id => _process.Id;

    public async Task UntilReadyAsync() =>
        await TestServer.UntilAsync(async () => await StatusAsync("/v2/health/ready") == 200, "the server is ready");

    /// <summary>The status of an address, 0 where nobody listens.</summary>
    public async Task<int> StatusAsync(string path)
    {
        try
        {
            using var response = await Client.GetAsync(path);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>The status of the answer to one text.</summary>
    public async Task<int> SentimentStatusAsync(string text)
    {
        using var response = await Client.PostAsJsonAsync("/sentiment", new { text });
        return (int)response.StatusCode;
    }

    /// <summary>Asks the process to end, as an operator's system does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{_process.Id}"])!.WaitForExit();

    public void Kill() => _process.Kill();

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> ReadAsync()
    {
        var parts = await Task.WhenAll(
            _process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        return string.Concat(parts);
    }
}
