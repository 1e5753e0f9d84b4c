using System.CommandLine;
using OnnxSentiment.Comparison;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>
/// <c>compare</c>: the traditional network, RNN, LSTM, GRU and their bidirectional forms, under one budget.
/// </summary>
internal static class CompareCommand
{
    private static readonly DatasetLoader Data = new("What to train and compare on", required: true);

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The folder for the report and all models.",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<int?> Epochs = new("--epochs")
    {
        Description = "Epochs of every network, the best of which is chosen by validation; the same as --set epochs=N.",
    };

    private static readonly Option<int> Seeds = new("--seeds")
    {
        Description = "Trainings of every network, each with another seed.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Changes one setting of the preset keras-tutorial for all networks, " +
            "for instance --set hidden_size=32; may be given more than once.",
        HelpName = "name=value",
    };

    private static readonly Option<string[]> Models = new("--models")
    {
        Description = $"The networks, all by default: {Architectures.Names}.",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Continue an interrupted comparison of the same settings; finished networks are not trained " +
            "again, and more networks or seeds may be asked for.",
    };

    private static readonly ReportOptions Reports = new();

    internal static Command Create()
    {
        var command = new Command(
            "compare",
            "Train, export, verify and measure recurrent networks beside the traditional one, and write a report.")
        {
            Out, Epochs, Seeds, Set, Models, Resume,
        };
        Data.AddTo(command);
        Reports.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var plan = ComparisonPlan.Create(
            arguments.GetRequiredValue(Out), arguments.GetValue(Models) ?? [], arguments.GetValue(Seeds),
            arguments.GetValue(Epochs), arguments.GetValue(Set) ?? []);
        var head = new CheckReport
        {
            Command = "compare",
            Subject = arguments.GetRequiredValue(Out),
            Against = Data.PathOf(arguments),
            Checks = [],
        };
        return Reports.RunAsync(arguments, head, async output =>
        {
            var result = await CompareAsync(arguments, plan, cancellation);
            AlignedText.Write(output, result.Table);
            output.WriteLine($"Report: {result.ReportPath}");
            return head with { Checks = result.Checks, Metrics = result.Metrics };
        });
    }

    private static async Task<ComparisonResult> CompareAsync(
        ParseResult arguments, ComparisonPlan plan, CancellationToken cancellation)
    {
        var dataset = (await Data.ReadAsync(arguments, cancellation))!;
        plan.Open(dataset.Sha256, arguments.GetValue(Resume));
        var messages = arguments.InvocationConfiguration.Error;
        try
        {
            return await Task.Run(
                () => new ComparisonRunner(plan, dataset, Steps(messages), messages).Run(cancellation),
                CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            messages.WriteLine(
                "The finished networks and epochs are kept: repeat the command with --resume to continue.");
            throw;
        }
    }

    private static ComparisonSteps Steps(TextWriter messages) => new(
        (data, recipe, run, cancellation) => TrainCommand.Train(data, recipe, run, messages, cancellation),
        (checkpoint, path, texts, cancellation) => Export(checkpoint, path, texts, messages, cancellation));

    private static IReadOnlyList<ComparisonReport> Export(
        Checkpoint checkpoint, string path, IReadOnlyList<string> texts, TextWriter messages,
        CancellationToken cancellation)
    {
        CheckpointExport.Write(checkpoint, path, cancellation: cancellation);
        using var network = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(path, checkpoint, [network.ToRunner()]);
        return VerifyCommand.Verify(check, ParityCheck.DefaultSeed, texts, messages, cancellation).Comparisons;
    }
}
