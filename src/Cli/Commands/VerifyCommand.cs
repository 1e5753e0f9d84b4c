using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>
/// <c>verify</c>: does a file compute what its checkpoint, another file, stored test data, or itself on another device
/// does?
/// </summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Model = new("model.onnx")
    {
        Description = "The ONNX file to check, from any exporter.",
    };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "What it has to agree with: another ONNX file, a checkpoint's folder, or a folder of test data " +
            "(test_data_set_0, or one that holds some). Default: the checkpoint or the test data beside the file.",
        HelpName = "path",
    };

    private static readonly DatasetLoader Data =
        new("With a checkpoint, real texts to compare on as well", required: false);

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "The largest number of texts of --data, taken evenly from all of them.",
        DefaultValueFactory = _ => 2000,
    };

    private static readonly Option<int?> Seed = new("--seed")
    {
        Description = "Starts the random inputs.",
    };

    private static readonly DeviceOptions Where = new();
    private static readonly AgreementArguments Files = new();
    private static readonly ReportOptions Reports = new();

    internal static Command Create()
    {
        var command = new Command(
            "verify",
            "Check that an ONNX file computes what another file, a checkpoint or stored test data say, value by value.")
        {
            Model, Against, Limit, Seed,
        };
        Data.AddTo(command);
        Where.AddTo(command);
        Files.AddTo(command);
        Reports.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Compares settings and then values, prints a line a comparison, and returns what was compared.</summary>
    /// <exception cref="CheckFailedException">
    /// A setting or a weight differs, a tolerance was exceeded or a label flipped.
    /// </exception>
    internal static ParityReport Verify(
        ParityCheck check, int seed, IReadOnlyList<string> texts, TextWriter output, CancellationToken cancellation)
    {
        var report = check.Run(seed, texts, cancellation);
        if (report.Comparisons.Count > 0)
        {
            AlignedText.Write(output, ParityTable.Rows(report));
        }

        report.ThrowIfFailed();
        output.WriteLine($"Verified{On(check.Device)}: the file computes what was trained.");
        return report;
    }

    private static string On(Device device) => device.Kind == DeviceKind.Cuda ? $" on {device}" : "";

    private static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var model = arguments.GetRequiredValue(Model);
        var against = VerifyTarget.Find(model, arguments.GetValue(Against), Files.RunsTheSameFile(arguments));
        WarnOfOtherSum(model, arguments.InvocationConfiguration.Error);
        var head = new CheckReport { Command = "verify", Subject = model, Against = against.Path, Checks = [] };
        return Reports.RunAsync(arguments, head, output => against.IsCheckpoint
            ? VerifyCheckpointAsync(head, arguments, output, cancellation)
            : VerifyFileAsync(head, arguments, output, cancellation));
    }

    private static void WarnOfOtherSum(string model, TextWriter error)
    {
        if (File.Exists(model) && Verification.Find(Path.GetDirectoryName(Path.GetFullPath(model))!) is { } verification
            && !verification.Matches(File.ReadAllBytes(model)))
        {
            error.WriteLine(
                $"Warning: '{model}' is not the file that its {Verification.FileName} is about: it was changed since " +
                "its export, or replaced.");
        }
    }

    private static async Task<CheckReport> VerifyCheckpointAsync(
        CheckReport head, ParseResult arguments, TextWriter output, CancellationToken cancellation)
    {
        Files.RequireNone(arguments);
        var texts = await ReadTextsAsync(arguments, cancellation);
        var checkpoint = Checkpoint.Load(head.Against);
        using var trained = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(head.Subject, checkpoint, [trained.ToRunner()], Where.Read(arguments));
        var seed = arguments.GetValue(Seed) ?? ParityCheck.DefaultSeed;
        var report = await Task.Run(() => Verify(check, seed, texts, output, cancellation), cancellation);
        return head with { Checks = report.ToChecks() };
    }

    private static async Task<CheckReport> VerifyFileAsync(
        CheckReport head, ParseResult arguments, TextWriter output, CancellationToken cancellation)
    {
        if (Data.IsGiven(arguments))
        {
            throw new InvalidInputException(
                "--data holds texts, which only a checkpoint's vocabulary turns into inputs, but " +
                $"'{head.Against}' is none: give --against a checkpoint's folder, or leave --data out.");
        }

        var options = Files.Read(arguments, Where.Read(arguments)) with { Seed = arguments.GetValue(Seed) ?? 1 };
        var report = await Task.Run(
            () => ModelAgreement.Check(head.Subject, head.Against, options, cancellation), cancellation);
        output.WriteLine(report.ToText());
        return report.Checks;
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
