using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>The options that name labeled texts, and the reading of what they name.</summary>
internal sealed class DatasetLoader
{
    private readonly Option<string?> _data;

    private readonly Option<string> _textColumn = new("--text-column")
    {
        Description = "The column or field of a table that holds the text.",
        DefaultValueFactory = _ => new DatasetOptions().TextColumn,
    };

    private readonly Option<string> _labelColumn = new("--label-column")
    {
        Description = "The column or field of a table that holds the label.",
        DefaultValueFactory = _ => new DatasetOptions().LabelColumn,
    };

    internal DatasetLoader(string purpose, bool required) => _data = new("--data")
    {
        Description = $"{purpose}: an aclImdb folder or .tar.gz, a .csv, .tsv or .jsonl with text and label, " +
            "a folder with train and test of those, or the word imdb (downloaded once).",
        HelpName = "path",
        Required = required,
    };

    internal void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_textColumn);
        command.Add(_labelColumn);
    }

    /// <summary>What <c>--data</c> names; empty where it was not given.</summary>
    internal string PathOf(ParseResult arguments) => arguments.GetValue(_data) ?? "";

    /// <summary>Whether <c>--data</c> was given.</summary>
    internal bool IsGiven(ParseResult arguments) => arguments.GetValue(_data) is not null;

    /// <summary>The texts to measure a model on: the test split, or all where there is none.</summary>
    /// <exception cref="InvalidInputException">The model has other labels than the data.</exception>
    internal static IReadOnlyList<LabeledText> TestTexts(Dataset dataset, IReadOnlyList<string> modelLabels)
    {
        if (!dataset.Labels.SequenceEqual(modelLabels))
        {
            throw new InvalidInputException(
                $"The data have the labels {string.Join(", ", dataset.Labels)}, " +
                $"but the model knows {string.Join(", ", modelLabels)}.");
        }

        return dataset.Test.Count > 0 ? dataset.Test : dataset.Train;
    }

    /// <summary>Reads what <c>--data</c> names, or nothing when it was not given.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="labels">The classes of a model that exists already; null where one is to be trained.</param>
    /// <param name="includeUnlabeled">Whether texts without labels are read too.</param>
    internal async Task<Dataset?> ReadAsync(
        ParseResult arguments, CancellationToken cancellation, IReadOnlyList<string>? labels = null,
        bool includeUnlabeled = false)
    {
        if (arguments.GetValue(_data) is not { } data)
        {
            return null;
        }

        var messages = arguments.InvocationConfiguration.Error;
        messages.WriteLine($"Reading {data} …");
        var options = new DatasetOptions
        {
            TextColumn = arguments.GetRequiredValue(_textColumn),
            LabelColumn = arguments.GetRequiredValue(_labelColumn),
            Labels = labels,
            IncludeUnlabeled = includeUnlabeled,
            DownloadProgress = new DownloadDisplay(messages, TimeProvider.System),
        };
        return await Task.Run(() => DatasetReader.Read(data, options, cancellation), cancellation);
    }
}
