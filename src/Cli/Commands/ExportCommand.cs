using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary><c>export</c>: checkpoint in, proven ONNX file out.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> From = SharedOptions.Checkpoint();
    private static readonly ExportTarget Where = new();
    private static readonly PrecisionOptions Smaller = new();
    private static readonly ReportOptions Reports = new();

    private static readonly Option<int> Opset = new("--opset")
    {
        Description = "The version of ONNX' operator set, 14 to 21.",
        DefaultValueFactory = _ => new ExportOptions().Opset,
    };

    private static readonly Option<string> Input = new("--input")
    {
        Description = "What the file reads: ids, for every runtime, or text, for ONNX Runtime alone.",
        HelpName = "ids|text",
        DefaultValueFactory = _ => "ids",
    };

    internal static Command Create()
    {
        var command = new Command(
            "export", "Write a checkpoint as an ONNX file, after comparing what both compute.") { From };
        Where.AddTo(command);
        command.Add(Opset);
        command.Add(Input);
        Smaller.AddTo(command);
        Reports.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (path, triton) = Where.Target(arguments);
        var options = new ExportOptions
        {
            Opset = arguments.GetValue(Opset),
            Input = InputOf(arguments.GetRequiredValue(Input)),
            Precision = Smaller.Precision(arguments),
        }.Validated();
        var head = new CheckReport
        {
            Command = "export",
            Subject = path,
            Against = arguments.GetRequiredValue(From),
            Checks = [],
        };
        return Reports.RunAsync(arguments, head, async output =>
        {
            var checkpoint = Checkpoint.Load(head.Against);
            var gate = await Smaller.AccuracyGateAsync(arguments, checkpoint, cancellation);
            var report = await Task.Run(
                () => CheckpointExport.Write(checkpoint, path, options, gate, cancellation), CancellationToken.None);
            var done = head with { Checks = report.ToChecks() };
            Describe(done, report.Accuracy, output);
            if (triton is not null)
            {
                Describe(triton, checkpoint, output);
            }

            return done;
        });
    }

    private static void Describe(CheckReport report, AccuracyReport? accuracy, TextWriter output)
    {
        output.WriteLine(report.ToText());
        AlignedText.Write(output, accuracy is null ? [] : AccuracyTable.Rows(accuracy));
        var size = new FileInfo(report.Subject).Length;
        output.WriteLine(
            $"Model: {report.Subject} ({size:N0} bytes), {Verification.FileName}, test_data_set_0 and _1 beside it");
    }

    private static void Describe(TritonFolder triton, Checkpoint checkpoint, TextWriter output) => output.WriteLine(
        triton.Describe(checkpoint.Config.Labels)
            ? $"Triton: {triton.ConfigPath} describes it; serve the folder {triton.Repository}"
            : $"Triton: {triton.ConfigPath} was there and is kept; delete it and export again to have it written anew");

    private static InputKind InputOf(string value) => value switch
    {
        "ids" => InputKind.Ids,
        "text" => InputKind.Text,
        _ => throw new InvalidInputException($"--input is '{value}', but has to be ids or text."),
    };
}
