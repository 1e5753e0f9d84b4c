using System.CommandLine;
using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Evaluation;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary><c>evaluate</c>: the metrics of a model on labeled texts.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = SharedOptions.Model();
    private static readonly DeviceOptions Where = new();
    private static readonly DatasetLoader Data = new("What to evaluate on", required: true);
    private static readonly Option<bool> Json = SharedOptions.Json("one object");

    private static readonly Option<string?> Pictures = new("--pictures")
    {
        Description = "A folder for pictures of the confusion matrix, the reliability and the ROC curve; " +
            "older ones are replaced.",
        HelpName = "folder",
    };

    private static readonly Option<string[]> By = new("--by")
    {
        Description = $"Also the accuracy by {string.Join(" or ", Groupings)} of the texts; " +
            "may be given more than once.",
        HelpName = string.Join('|', Groupings),
    };

    private static IEnumerable<string> Groupings => Grouping.All.Select(grouping => grouping.Name);

    internal static Command Create()
    {
        var command = new Command(
            "evaluate", "Measure a model on labelled texts: the test split, or all texts where there is none.")
        {
            Model, Json, Pictures, By,
        };
        Data.AddTo(command);
        Where.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var output = arguments.InvocationConfiguration.Output;
        var groupings = (arguments.GetValue(By) ?? []).Select(Grouping.Named).ToList();
        using var model = await Where.LoadAsync(arguments, Model);
        var dataset = (await Data.ReadAsync(arguments, cancellation, model.Labels))!;
        var texts = DatasetLoader.TestTexts(dataset, model.Labels);

        var report = await EvaluateAsync(model, texts, groupings, cancellation);
        if (arguments.GetValue(Json))
        {
            output.WriteLine(report.ToJson());
        }
        else
        {
            ReportTables.Write(output, report);
        }

        if (arguments.GetValue(Pictures) is { } folder)
        {
            var pictures = report.SavePictures(folder);
            arguments.InvocationConfiguration.Error.WriteLine($"Pictures in {folder}: {string.Join(", ", pictures)}");
        }

        return ExitCode.Done;
    }

    private static async Task<ClassificationReport> EvaluateAsync(
        SentimentModel model, IReadOnlyList<LabeledText> texts, IReadOnlyList<Grouping> groupings,
        CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var predictions = await model.PredictAsync([.. texts.Select(text => text.Text)], cancellation);
        var elapsed = clock.Elapsed;
        var counter = groupings.Contains(Grouping.Length) ? new Tokenizer(model.Metadata.Text.Tokenizer) : null;
        var labeled = PredictionMapping.Of(predictions, texts, model.Labels, counter);
        return ClassificationReport.Of(labeled, model.Labels, elapsed, groupings);
    }
}
