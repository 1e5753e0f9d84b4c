using System.CommandLine;
using OnnxSentiment.Cli.Output;
using OnnxSentiment.Trainer.Data;

namespace OnnxSentiment.Cli;

/// <summary>The options that name labelled texts, and the reading of what they name.</summary>
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
        Description = $"{purpose}: an aclImdb folder or .tar.gz, a .csv, .tsv or .jsonl with text and label, a folder with train and test of those, or the word imdb (downloaded once).",
        HelpName = "path",
        Required = required,
    };

    internal void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_textColumn);
        command.Add(_labelColumn);
    }

    /// <summary>Reads what <c>--data</c> names, or nothing when it was not given.</summary>
    internal async Task<Dataset?> ReadAsync(ParseResult arguments, CancellationToken cancellation)
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
            DownloadProgress = new DownloadDisplay(messages, TimeProvider.System),
        };
        return await Task.Run(() => DatasetReader.Read(data, options, cancellation), cancellation);
    }
}
