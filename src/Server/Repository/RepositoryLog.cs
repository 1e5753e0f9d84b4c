namespace OnnxSentiment.Server;

/// <summary>What the repository logs.</summary>
internal static partial class RepositoryLog
{
    [LoggerMessage(1, LogLevel.Information, "{Versions} model versions of {Repository} are served.")]
    public static partial void RepositoryLoaded(this ILogger logger, int versions, string repository);

    [LoggerMessage(2, LogLevel.Information, "{Model} version {Version} is verified and served.")]
    public static partial void VersionServed(this ILogger logger, string model, long version);

    [LoggerMessage(
        10, LogLevel.Warning,
        "{Model} version {Version} is served without verification: {Reason}. Models:RequireVerification refuses such.")]
    public static partial void VersionServedUnverified(
        this ILogger logger, string model, long version, string reason);

    [LoggerMessage(11, LogLevel.Information, "{Model} version {Version} waits: {Reason}")]
    public static partial void VersionWaits(this ILogger logger, string model, long version, string reason);

    [LoggerMessage(3, LogLevel.Information, "{Model} version {Version} is served no more.")]
    public static partial void VersionRetired(this ILogger logger, string model, long version);

    [LoggerMessage(4, LogLevel.Error, "{Model} version {Version} is not served: {Reason}")]
    public static partial void VersionRefused(this ILogger logger, string model, long version, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The model repository cannot be read: {Reason}")]
    public static partial void RepositoryUnreadable(this ILogger logger, string reason);

    [LoggerMessage(
        9, LogLevel.Warning, "The folder of {Model} cannot be read, so that nothing of it changes: {Reason}")]
    public static partial void ModelUnreadable(this ILogger logger, string model, string reason);
}
