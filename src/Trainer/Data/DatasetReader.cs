using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>Reads labeled texts from whatever form they come in. Stateless and thread-safe.</summary>
public static class DatasetReader
{
    private static readonly IReadOnlyList<DatasetSource> Sources =
    [
        ImdbByName.Source,
        AclImdbFolder.Source,
        AclImdbArchive.Source,
        LabeledRecords.File,
        LabeledRecords.Folder,
    ];

    /// <summary>The forms that <see cref="Read"/> knows, each in a few words.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Sources.Select(source => source.Form)];

    /// <summary>Reads a dataset into memory; the same texts give the same order on every machine.</summary>
    /// <param name="path">
    /// A file, folder or word of the <see cref="Forms"/>; a folder called imdb is <c>./imdb</c>.
    /// </param>
    /// <param name="options">What to read; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidInputException">
    /// Nothing is there, the form is unknown, or the contents are damaged; the message names the place.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Dataset Read(
        string path, DatasetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = (options ?? new DatasetOptions()).Validated();
        var source = Sources.FirstOrDefault(source => source.Matches(path)) ?? throw Unknown(path);
        var texts = source.Read(path, options, cancellationToken);
        return Dataset.Create(NameOf(path), texts.Train, texts.Test, texts.Unlabeled, options.Labels);
    }

    private static string NameOf(string path) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private static InvalidInputException Unknown(string path)
    {
        var found = Directory.Exists(path) ? $"The folder '{path}' has none of the known layouts"
            : File.Exists(path) ? $"The file '{path}' has an unknown ending"
            : $"There is neither a file nor a folder '{path}'";
        return new InvalidInputException($"{found}; expected: {string.Join("; ", Forms)}.");
    }
}
