namespace OnnxSentiment.Server;

/// <summary>
/// Loads the repository when the server starts, and looks at it again and again. It looks instead of asking the system
/// for notices, which mounted and shared folders do not give.
/// </summary>
internal sealed class RepositoryWatcher(
    ModelRepository repository, ModelsOptions options, TimeProvider clock, ILogger<RepositoryWatcher> logger)
    : BackgroundService
{
    /// <summary>Whether the repository has been loaded for the first time.</summary>
    public bool HasLoaded { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WatchAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host would log it as a failure where the server never started, for instance because its address is in
            // use.
        }
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        await RefreshAsync(waitForCopies: false, stoppingToken);
        HasLoaded = true;
        logger.RepositoryLoaded(repository.Served.Count, options.Root);
        if (options.Interval == TimeSpan.Zero)
        {
            await SettleAsync(stoppingToken);
            return;
        }

        using var timer = new PeriodicTimer(options.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAsync(waitForCopies: true, stoppingToken);
        }
    }

    // What lies there at the start may still be being copied.
    private async Task SettleAsync(CancellationToken stoppingToken)
    {
        while (repository.HasWaiting)
        {
            await Task.Delay(options.SettleTime, clock, stoppingToken);
            await RefreshAsync(waitForCopies: false, stoppingToken);
        }
    }

    private async Task RefreshAsync(bool waitForCopies, CancellationToken cancellation)
    {
        try
        {
            await repository.RefreshAsync(waitForCopies, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that is being moved; whatever is served stays until the next look.
            logger.RepositoryUnreadable(e.Message);
        }
    }
}
