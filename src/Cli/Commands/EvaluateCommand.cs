using System.CommandLine;
using System.Diagnostics;
using OnnxSentiment.Cli.Output;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli.Commands;

/// <summary><c>evaluate</c>: how right a model is on labelled texts.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = SharedOptions.Model();
    private static readonly DeviceOptions Where = new();
    private static readonly DatasetLoader Data = new("What to evaluate on", required: true);
    private static readonly Option<bool> Json = SharedOptions.Json("one object");

    internal static Command Create()
    {
        var command = new Command(
            "evaluate", "Measure a model on labelled texts: the test split, or all texts where there is none.")
        {
            Model, Json,
        };
        Data.AddTo(command);
        Where.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var output = arguments.InvocationConfiguration.Output;
        using var model = SentimentModel.Load(arguments.GetRequiredValue(Model), Where.Read(arguments));
        var dataset = (await Data.ReadAsync(arguments, cancellation, model.Labels))!;
        var texts = DatasetLoader.TestTexts(dataset, model.Labels);

        var clock = Stopwatch.StartNew();
        var predictions = await Task.Run(() => model.Predict([.. texts.Select(text => text.Text)]), cancellation).WaitAsync(cancellation);
        var figures = Evaluation.Of(predictions, [.. texts.Select(text => text.Label == model.Labels[1])], clock.Elapsed);
        if (arguments.GetValue(Json))
        {
            output.WriteLine(figures.ToJson());
        }
        else
        {
            AlignedText.Write(output, figures.Rows(model.Labels));
        }

        return ExitCode.Done;
    }
}
