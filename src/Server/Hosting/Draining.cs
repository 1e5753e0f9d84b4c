namespace OnnxSentiment.Server;

/// <summary>
/// The way down: when the server is told to stop, it is at once not ready any more, goes on answering for a while, and
/// only then closes its sockets.
/// </summary>
internal sealed partial class Draining : IHostedLifecycleService
{
    private readonly ShutdownOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<Draining> _logger;

    public Draining(
        ShutdownOptions options, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<Draining> logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        lifetime.ApplicationStopping.Register(() => IsStopping = true);
    }

    public bool IsStopping { get; private set; }

    /// <summary>Comes before the sockets are closed.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        LogStopping((_options.Delay + _options.Timeout).TotalSeconds);
        await Task.Delay(_options.Delay, _clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        7, LogLevel.Information,
        "Stopping: not ready any more; what is under way ends within {Seconds:0.###} s.")]
    private partial void LogStopping(double seconds);
}
