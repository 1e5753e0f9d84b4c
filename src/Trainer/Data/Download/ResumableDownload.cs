using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>One run of <see cref="ImdbDownload"/>.</summary>
internal sealed class ResumableDownload(ImdbDownload options, HttpClient client, IProgress<DownloadProgress>? progress)
{
    private readonly string _target = Path.Combine(options.Folder, Path.GetFileName(options.Url.LocalPath));

    private string Partial => _target + AtomicFile.TemporarySuffix;

    private string ByHand => $"or download {options.Url} by hand and name the file instead of imdb";

    public async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        if (await HasChecksumAsync(_target, cancellationToken))
        {
            return _target;
        }

        using (var file = OpenPartial())
        {
            await ReceiveAllAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        await VerifyAsync(cancellationToken);
        File.Move(Partial, _target, overwrite: true);
        return _target;
    }

    private FileStream OpenPartial()
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            return new FileStream(Partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                $"'{Partial}' cannot be opened ({e.Message}): is another download running? Wait for it, " +
                $"set {ImdbDownload.FolderVariable} to a folder of yours, {ByHand}.",
                e);
        }
    }

    private async Task ReceiveAllAsync(FileStream file, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            var before = file.Length;
            try
            {
                await ReceiveAsync(file, cancellationToken);
                return;
            }
            catch (ConnectionException e)
            {
                // A connection that breaks but brings something each time gets there in the end.
                failures = file.Length > before ? 1 : failures + 1;
                if (failures > options.Retries)
                {
                    throw Interrupted(file.Length, e);
                }

                await Task.Delay(options.RetryDelay, options.Time, cancellationToken);
            }
        }
    }

    private async Task ReceiveAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length > options.Size)
        {
            file.SetLength(0);
        }

        if (file.Length == options.Size)
        {
            return;
        }

        using var response = await SendAsync(file.Length, cancellationToken);
        if (RefusesRange(response, file.Length))
        {
            file.SetLength(0);
            throw new ConnectionException("the server does not continue an interrupted transfer", null);
        }

        file.SetLength(StartOf(response, file.Length));
        file.Position = file.Length;
        await CopyAsync(response, file, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(long start, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, options.Url);
        request.Headers.Range = start > 0 ? new RangeHeaderValue(start, null) : null;
        return await OverNetworkAsync(
            token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken);
    }

    // Where in the file the response's bytes belong: a server may ignore the range that was asked for.
    private long StartOf(HttpResponseMessage response, long asked)
    {
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                CheckSize(response.Content.Headers.ContentLength);
                return 0;
            case HttpStatusCode.PartialContent when asked > 0:
                CheckSize(range?.Length);
                return asked;
            default:
                throw Refused($"it answers {(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }

    private static bool RefusesRange(HttpResponseMessage response, long asked) =>
        asked > 0 && (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
            || (response.StatusCode == HttpStatusCode.PartialContent
                && response.Content.Headers.ContentRange?.From != asked));

    private void CheckSize(long? found)
    {
        if (found is { } size && size != options.Size)
        {
            throw Refused($"its file has {size} bytes, but {options.Size} were expected: it is another one");
        }
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream file, CancellationToken cancellationToken)
    {
        await using var body = await OverNetworkAsync(response.Content.ReadAsStreamAsync, cancellationToken);
        var buffer = new byte[1 << 16];
        while (true)
        {
            var count = await OverNetworkAsync(token => body.ReadAsync(buffer, token).AsTask(), cancellationToken);
            if (count == 0)
            {
                break;
            }

            if (file.Length + count > options.Size)
            {
                file.SetLength(0);
                throw Refused($"it sends more than the expected {options.Size} bytes");
            }

            file.Write(buffer.AsSpan(0, count));
            progress?.Report(new DownloadProgress(file.Length, options.Size));
        }

        if (file.Length < options.Size)
        {
            throw new ConnectionException("the server ended the transfer early", null);
        }
    }

    // Tells the network's failures, which pass, from those of the disk, which do not.
    private async Task<T> OverNetworkAsync<T>(
        Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(options.StallTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        try
        {
            return await step(either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ConnectionException(e.Message.TrimEnd('.'), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionException($"the server sent nothing for {options.StallTimeout.TotalSeconds:0} s", e);
        }
    }

    private async Task<bool> HasChecksumAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) && await ChecksumAsync(path, cancellationToken) == options.Sha256;

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var found = await ChecksumAsync(Partial, cancellationToken);
        if (found != options.Sha256)
        {
            File.Delete(Partial);
            throw new InvalidInputException(
                $"The file from {options.Url} has the SHA-256 {found}, but {options.Sha256} was expected; it was " +
                $"deleted: " +
                $"try again, {ByHand}.");
        }
    }

    private static async Task<string> ChecksumAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private InvalidInputException Interrupted(long received, Exception cause) => new(
        $"The download of {options.Url} broke off at {received} of {options.Size} bytes ({cause.Message}): try " +
        $"again, " +
        $"it goes on from there, {ByHand}.",
        cause);

    private InvalidInputException Refused(string found) =>
        new($"The server of {options.Url} cannot be used, {found}: try again later, {ByHand}.");

    private sealed class ConnectionException(string message, Exception? cause) : Exception(message, cause);
}
