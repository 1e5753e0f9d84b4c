using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>What <see cref="DatasetReader"/> reads, beyond the path. Immutable.</summary>
public sealed record DatasetOptions
{
    /// <summary>The column or field of the text, compared without regard to case.</summary>
    public string TextColumn { get; init; } = "text";

    /// <summary>The column or field of the label, compared without regard to case.</summary>
    public string LabelColumn { get; init; } = "label";

    /// <summary>Whether to read the 50,000 reviews without a label of the IMDB data too.</summary>
    public bool IncludeUnlabeled { get; init; }

    /// <summary>
    /// The classes of a model that is to be measured: the data may then lack one of them. Null, the default, for data
    /// to train on, which need all.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Where the word <c>imdb</c> downloads from and to.</summary>
    public ImdbDownload Imdb { get; init; } = new();

    /// <summary>Sends the download's requests; one is made for the time of the download when null.</summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>Is told how far the download is.</summary>
    public IProgress<DownloadProgress>? DownloadProgress { get; init; }

    /// <summary>Returns the options, or says which value cannot be.</summary>
    /// <exception cref="InvalidInputException">A column has no name.</exception>
    public DatasetOptions Validated()
    {
        if (string.IsNullOrWhiteSpace(TextColumn) || string.IsNullOrWhiteSpace(LabelColumn)
            || string.Equals(TextColumn, LabelColumn, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidInputException(
                $"text_column is '{TextColumn}' and label_column is '{LabelColumn}', but two different names were " +
                $"expected.");
        }

        return this;
    }
}
