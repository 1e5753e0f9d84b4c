using System.CommandLine;
using System.Text.Json;
using OnnxSentiment.Onnx;

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
        var description = ModelInspector.Describe(arguments.GetRequiredValue(Model));
        arguments.InvocationConfiguration.Output.WriteLine(arguments.GetValue(Json)
            ? JsonSerializer.Serialize(description, Indented)
            : description.ToText().TrimEnd());
        return ExitCode.Done;
    }
}
