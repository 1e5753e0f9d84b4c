namespace OnnxSentiment.Server;

/// <summary>All that the server logs. Nothing of a text or a body is ever in it.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Versions} model versions of {Repository} are served.")]
    public static partial void RepositoryLoaded(this ILogger logger, int versions, string repository);

    [LoggerMessage(2, LogLevel.Information, "{Model} version {Version} is verified and served.")]
    public static partial void VersionServed(this ILogger logger, string model, long version);

    [LoggerMessage(3, LogLevel.Information, "{Model} version {Version} is served no more.")]
    public static partial void VersionRetired(this ILogger logger, string model, long version);

    [LoggerMessage(4, LogLevel.Error, "{Model} version {Version} is not served: {Reason}")]
    public static partial void VersionRefused(this ILogger logger, string model, long version, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The model repository cannot be read: {Reason}")]
    public static partial void RepositoryUnreadable(this ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Warning, "The folder of {Model} cannot be read, so that nothing of it changes: {Reason}")]
    public static partial void ModelUnreadable(this ILogger logger, string model, string reason);

    [LoggerMessage(6, LogLevel.Error, "{Method} {Route} failed with {Error}{Trace}")]
    public static partial void RequestFailed(this ILogger logger, string method, string route, string error, string trace);

    [LoggerMessage(7, LogLevel.Information, "Stopping: not ready any more; what is under way ends within {Seconds:0.###} s.")]
    public static partial void Stopping(this ILogger logger, double seconds);

    [LoggerMessage(8, LogLevel.Warning, "{Address} can be reached from other machines, and no Security:ApiKeys are set: anybody there may use and unload the models.")]
    public static partial void Unprotected(this ILogger logger, string address);
}
