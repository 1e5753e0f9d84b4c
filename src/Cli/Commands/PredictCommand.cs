using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary><c>predict</c>: texts in, labels and probabilities out, in the order of the texts.</summary>
internal static class PredictCommand
{
    // Enough texts at once to find batches of similar length, few enough to answer early and to bound the memory.
    internal const int TextsAtOnce = 1024;

    private static readonly Argument<string[]> Texts = new("text")
    {
        Description = "The texts, those that begin with - after --; without any, and without --input, " +
            "standard input is read, a text a line.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Model = SharedOptions.Model();
    private static readonly DeviceOptions Where = new();

    private static readonly Option<string?> Input = new("--input")
    {
        Description = "A .txt (a text a line), .csv, .tsv or .jsonl file; its own fields are kept.",
        HelpName = "file",
    };

    private static readonly Option<string> TextColumn = new("--text-column")
    {
        Description = "The column or field of --input that holds the text.",
        DefaultValueFactory = _ => TextRecordReader.DefaultTextColumn,
    };

    private static readonly Option<bool> Json = SharedOptions.Json("an object a line, as without a terminal,");

    internal static Command Create()
    {
        var command = new Command("predict", "Classify texts.") { Texts, Model, Input, TextColumn, Json };
        Where.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var output = arguments.InvocationConfiguration.Output;
        var asTable = !arguments.GetValue(Json) && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        using var model = await Where.LoadAsync(arguments, Model);
        var parts = Records(arguments).Chunk(asTable && !IsFile(arguments) ? 1 : TextsAtOnce);
        await foreach (var records in ReadAsync(parts, cancellation))
        {
            var predictions = await model.PredictAsync([.. records.Select(record => record.Text)], cancellation);
            foreach (var (record, prediction) in records.Zip(predictions))
            {
                output.WriteLine(asTable
                    ? PredictionFormat.Row(record.Text, prediction)
                    : PredictionFormat.Json(record, prediction, model.Labels));
            }
        }

        return ExitCode.Done;
    }

    // Reading standard input cannot be interrupted: the answer to Ctrl-C does not wait for it, nor for the reader's
    // disposal.
    private static async IAsyncEnumerable<TextRecord[]> ReadAsync(
        IEnumerable<TextRecord[]> parts, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = parts.GetEnumerator();
        while (await Task.Run(reader.MoveNext, cancellation).WaitAsync(cancellation))
        {
            yield return reader.Current;
        }
    }

    private static bool IsFile(ParseResult arguments) => arguments.GetValue(Input) is not null;

    private static IEnumerable<TextRecord> Records(ParseResult arguments)
    {
        var texts = arguments.GetValue(Texts) ?? [];
        var input = arguments.GetValue(Input);
        if (texts.FirstOrDefault(text => text.StartsWith("--", StringComparison.Ordinal)) is { } option
            && arguments.Tokens.All(token => token.Type != TokenType.DoubleDash))
        {
            throw new InvalidInputException(
                $"There is no option '{option}'; write -- before texts that begin with a dash, " +
                "or see `onnx-sentiment predict --help`.");
        }

        if (texts.Length > 0 && input is not null)
        {
            throw new InvalidInputException($"There are texts and --input '{input}'; give one or the other.");
        }

        return texts.Length > 0 ? texts.Select(text => new TextRecord(text, new JsonObject { ["text"] = text }))
            : input is not null ? TextRecordReader.Read(input, arguments.GetRequiredValue(TextColumn))
            : TextRecordReader.ReadLines(Console.In);
    }
}
