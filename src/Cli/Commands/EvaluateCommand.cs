using System.CommandLine;
using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Evaluation;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary><c>evaluate</c>: the metrics of a model on labeled texts.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = SharedOptions.Model();
    private static readonly DeviceOptions Where = new();
    private static readonly DatasetLoader Data = new("What to evaluate on", required: true);
    private static readonly ReportOptions Reports = new();

    private static readonly Option<double?> MinimumAccuracy = new("--minimum-accuracy")
    {
        CustomParser = Numbers.Parse,
        Description = "The share of the texts, 0 to 1, whose label has to be predicted; below it, the exit code is 1.",
        HelpName = "share",
    };

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
            "evaluate", "Measure a model on labeled texts: the test split, or all texts where there is none.")
        {
            Model, MinimumAccuracy, Pictures, By,
        };
        Data.AddTo(command);
        Where.AddTo(command);
        Reports.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var groupings = (arguments.GetValue(By) ?? []).Select(Grouping.Named).ToList();
        var minimum = arguments.GetValue(MinimumAccuracy);
        Guard.InRange(MinimumAccuracy.Name, minimum ?? 0, 0, 1);
        var head = new CheckReport
        {
            Command = "evaluate",
            Subject = arguments.GetRequiredValue(Model),
            Against = Data.PathOf(arguments),
            Checks = [],
        };
        return Reports.RunAsync(arguments, head, async output =>
        {
            using var model = await Where.LoadAsync(arguments, Model);
            var dataset = (await Data.ReadAsync(arguments, cancellation, model.Labels))!;
            var texts = DatasetLoader.TestTexts(dataset, model.Labels);
            var report = await EvaluateAsync(model, texts, groupings, cancellation);
            ReportTables.Write(output, report);
            SavePictures(arguments, report);
            var done = EvaluationChecks.Complete(head, report, minimum);
            WriteGate(output, done, minimum);
            return done;
        });
    }

    // A gate that failed is an error, and stands there.
    private static void WriteGate(TextWriter output, CheckReport report, double? minimum)
    {
        if (minimum is not null && report.Passed)
        {
            output.WriteLine();
            output.WriteLine(report.ToText());
        }
    }

    private static void SavePictures(ParseResult arguments, ClassificationReport report)
    {
        if (arguments.GetValue(Pictures) is { } folder)
        {
            var pictures = report.SavePictures(folder);
            arguments.InvocationConfiguration.Error.WriteLine($"Pictures in {folder}: {string.Join(", ", pictures)}");
        }
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
