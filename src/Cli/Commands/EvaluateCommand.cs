using System.CommandLine;
using System.Diagnostics;

namespace OnnxSentiment.Cli;

/// <summary><c>evaluate</c>: how right a model is on labelled texts.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = SharedOptions.Model();
    private static readonly DeviceOptions Where = new();
    private static readonly DatasetLoader Data = new("What to evaluate on", required: true);
    private static readonly Option<bool> Json = SharedOptions.Json("one object");

    private static readonly Option<string?> Pictures = new("--pictures")
    {
        Description = "A folder for pictures of the confusion matrix, the reliability and the ROC curve; older ones are replaced.",
        HelpName = "folder",
    };

    private static readonly Option<string[]> By = new("--by")
    {
        Description = $"Also the accuracy by {string.Join(" or ", Grouping.Names)} of the texts; may be given more than once.",
        HelpName = string.Join('|', Grouping.Names),
    };

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

        var clock = Stopwatch.StartNew();
        var predictions = await model.PredictAsync([.. texts.Select(text => text.Text)], cancellation);
        var report = ClassificationReport.Of(predictions, [.. texts.Select(text => text.Label)], model.Labels, clock.Elapsed) with
        {
            Groups = [.. groupings.Select(grouping => grouping.Apply(texts, predictions, model.Metadata.Text.Tokenizer))],
        };
        if (arguments.GetValue(Json))
        {
            output.WriteLine(ReportFormat.Json(report));
        }
        else
        {
            ReportFormat.Write(output, report);
        }

        if (arguments.GetValue(Pictures) is { } folder)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"Pictures in {folder}: {string.Join(", ", ReportPictures.Save(report, folder))}");
        }

        return ExitCode.Done;
    }
}
