using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary><c>inspect</c>: what any ONNX file holds.</summary>
internal static class InspectCommand
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private static readonly Option<string> Model = SharedOptions.Model();
    private static readonly Option<bool> Json = SharedOptions.Json("one object");

    internal static Command Create()
    {
        var command = new Command(
            "inspect", "Show inputs, outputs, nodes, metadata, parameters and size of an ONNX file.")
        {
            Model, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var (path, output) = (arguments.GetRequiredValue(Model), arguments.InvocationConfiguration.Output);
        var description = ModelInspector.Describe(path);
        if (arguments.GetValue(Json))
        {
            output.WriteLine(ToJson(description, path));
            return ExitCode.Done;
        }

        output.WriteLine(description.ToText(TerminalWidth.Of(output)).TrimEnd());
        WriteVerification(path, output);
        return ExitCode.Done;
    }

    private static string ToJson(ModelDescription description, string path)
    {
        var json = JsonSerializer.SerializeToNode(description, Indented)!.AsObject();
        try
        {
            if (FindVerification(path) is { } verification)
            {
                json.Add(
                    "verification", VerificationFormat.ToJson(verification, verification.Matches(path), Indented));
            }
        }
        catch (InvalidInputException e)
        {
            json.Add("verification", new JsonObject { ["problem"] = e.Message });
        }

        return json.ToJsonString(Indented);
    }

    // A file of this name may be anyone's: what it is not does not keep the model from being shown.
    private static void WriteVerification(string path, TextWriter output)
    {
        try
        {
            if (FindVerification(path) is { } verification)
            {
                output.WriteLine();
                output.WriteLine("verification:");
                AlignedText.Write(output, VerificationFormat.Rows(verification, verification.Matches(path)));
            }
        }
        catch (InvalidInputException e)
        {
            output.WriteLine($"\nverification: unusable: {e.Message}");
        }
    }

    private static Verification? FindVerification(string path) =>
        Verification.Find(Path.GetDirectoryName(Path.GetFullPath(path))!);
}
