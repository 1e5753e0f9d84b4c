using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary><c>verify</c>: does the file compute what the trained model computes?</summary>
internal static class VerifyCommand
{
    private static readonly Option<string> From = SharedOptions.Checkpoint();
    private static readonly Option<string> Model = new("--model")
    {
        Description = "The exported model.",
        HelpName = "model.onnx",
        Required = true,
    };

    private static readonly DatasetLoader Data = new("Real texts to compare on as well", required: false);

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "The largest number of texts of --data, taken evenly from all of them.",
        DefaultValueFactory = _ => 2000,
    };

    private static readonly DeviceOptions Where = new();

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Starts the random ids.",
        DefaultValueFactory = _ => ParityCheck.DefaultSeed,
    };

    internal static Command Create()
    {
        var command = new Command(
            "verify",
            "Compare a model in ONNX Runtime with its checkpoint in TorchSharp and in the reference evaluator.")
        {
            From, Model, Limit, Seed,
        };
        Data.AddTo(command);
        Where.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Compares settings and then values, prints a line a comparison, and returns what was compared.</summary>
    /// <exception cref="CheckFailedException">
    /// A setting differs, a tolerance was exceeded or a label flipped.
    /// </exception>
    internal static IReadOnlyList<ComparisonReport> Verify(
        ParityCheck check, int seed, IReadOnlyList<string> texts, TextWriter output, CancellationToken cancellation)
    {
        var report = check.Run(seed, texts, cancellation);
        if (report.Comparisons.Count > 0)
        {
            AlignedText.Write(output, ParityTable.Rows(report.Comparisons));
        }

        report.ThrowIfFailed();
        output.WriteLine($"Verified{On(check.Device)}: the file computes what was trained.");
        return report.Comparisons;
    }

    private static string On(Device device) => device.Kind == DeviceKind.Cuda ? $" on {device}" : "";

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var output = arguments.InvocationConfiguration.Output;
        var texts = await ReadTextsAsync(arguments, cancellation);
        var checkpoint = Checkpoint.Load(arguments.GetRequiredValue(From));
        using var trained = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(
            arguments.GetRequiredValue(Model), checkpoint, [trained.ToRunner()], Where.Read(arguments));
        await Task.Run(() => Verify(check, arguments.GetValue(Seed), texts, output, cancellation), cancellation);
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<string>> ReadTextsAsync(
        ParseResult arguments, CancellationToken cancellation)
    {
        var limit = arguments.GetValue(Limit);
        Guard.InRange("--limit", limit, 1, int.MaxValue);
        if (await Data.ReadAsync(arguments, cancellation) is not { } dataset)
        {
            return [];
        }

        var texts = dataset.Test.Count > 0 ? dataset.Test : dataset.Train;
        return [.. EvenSample.Of(texts, limit).Select(text => text.Text)];
    }
}
