using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>How far a download is.</summary>
/// <param name="Received">Bytes on the disk, those of an earlier attempt included.</param>
/// <param name="Total">Bytes in all.</param>
public readonly record struct DownloadProgress(long Received, long Total);

/// <summary>
/// Downloads the Large Movie Review Dataset (Maas et al., ACL 2011) once and keeps it. The file gets its name only
/// after its checksum was right; an interrupted download is continued. Immutable; two processes at once do not disturb
/// each other, the second one gets an error.
/// </summary>
public sealed record ImdbDownload
{
    /// <summary>The environment variable that names the folder for downloads.</summary>
    public const string FolderVariable = "ONNX_SENTIMENT_CACHE";

    /// <summary>Where the archive lies.</summary>
    public Uri Url { get; init; } = new("https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz");

    /// <summary>Its length in bytes.</summary>
    public long Size { get; init; } = 84_125_825;

    /// <summary>Its SHA-256 in lower-case hexadecimal, as TensorFlow Datasets records it.</summary>
    public string Sha256 { get; init; } = "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe";

    /// <summary>Where to keep it; made when it is missing.</summary>
    public string Folder { get; init; } = DefaultFolder(Environment.GetEnvironmentVariable);

    /// <summary>How often a broken connection is tried again, each time going on where it broke.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How long to wait before another try.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a server may send nothing.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Measures the waits.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The folder for downloads: <see cref="FolderVariable"/>, else <c>onnx-sentiment</c> in <c>XDG_CACHE_HOME</c>,
    /// else in the user's folder for local application data.
    /// </summary>
    /// <param name="environment">Returns the value of an environment variable, or null.</param>
    public static string DefaultFolder(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment(FolderVariable) is { Length: > 0 } folder ? folder
            : environment("XDG_CACHE_HOME") is { Length: > 0 } cache ? Path.Combine(cache, "onnx-sentiment")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "onnx-sentiment");
    }

    /// <summary>The path of the archive, which is downloaded when it is not there yet.</summary>
    /// <param name="client">Sends the requests; is not disposed.</param>
    /// <param name="progress">Is told about every received piece.</param>
    /// <param name="cancellationToken">Stops the download; what has arrived is kept for the next time.</param>
    /// <exception cref="InvalidInputException">
    /// The server has no such file, another file, or is out of reach; the message says how to go on.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<string> FetchAsync(
        HttpClient client, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new ResumableDownload(this, client, progress).FetchAsync(cancellationToken);
    }
}
