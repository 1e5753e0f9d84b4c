namespace OnnxSentiment.Trainer;

/// <summary>The Large Movie Review Dataset, downloaded on first use.</summary>
internal static class ImdbByName
{
    private const string Name = "imdb";

    public static readonly DatasetSource Source = new(
        "the word imdb, which downloads the Large Movie Review Dataset once",
        path => path.Equals(Name, StringComparison.OrdinalIgnoreCase),
        Read);

    private static SplitTexts Read(string name, DatasetOptions options, CancellationToken cancellationToken)
    {
        using var own = options.HttpClient is null ? new HttpClient() : null;
        var archive = options.Imdb
            .FetchAsync(options.HttpClient ?? own!, options.DownloadProgress, cancellationToken)
            .GetAwaiter().GetResult();
        return AclImdbArchive.Source.Read(archive, options, cancellationToken);
    }
}
