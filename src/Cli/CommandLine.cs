using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>The tool as a whole: its commands, and what becomes of their errors.</summary>
public static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the stack trace of an error.",
        Recursive = true,
    };

    // A text that begins with @ is a text, and no file of further arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command.</summary>
    /// <param name="args">The words after the tool's name.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Errors and progress.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) =>
        RunAsync(args, output, error, Environment.GetEnvironmentVariable);

    /// <summary>The same, with environment variables by their name.</summary>
    internal static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var result = Root().Parse(args.Length == 0 ? ["--help"] : args, Parsing);
        if (result.Errors.Count > 0)
        {
            var problems = string.Join(' ', result.Errors.Select(e => e.Message));
            error.WriteLine($"{problems} See `{HelpOf(result.CommandResult.Command)}`.");
            return ExitCode.WrongInput;
        }

        try
        {
            return await result.InvokeAsync(new ToolInvocation
            {
                Variable = variable,
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30), // one step and the clean-up fit well in
            });
        }
        catch (Exception e)
        {
            if (e is not (OperationCanceledException or CheckFailedException))
            {
                GitHubActions.Find(variable, error)?.PublishError(result.CommandResult.Command.Name, Sentence(e));
            }

            return Report(e, error, result.GetValue(Verbose));
        }
    }

    private static string HelpOf(Command command) =>
        command is RootCommand ? "onnx-sentiment --help" : $"onnx-sentiment {command.Name} --help";

    /// <summary>The tool's commands and their options.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand(
            "Trains bidirectional-LSTM sentiment classifiers, exports them as ONNX, proves parity, and runs them.")
        {
            QuickstartCommand.Create(),
            TrainCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            EvaluateCommand.Create(),
            CompareCommand.Create(),
            PredictCommand.Create(),
            InspectCommand.Create(),
            DoctorCommand.Create(),
            Verbose,
        };
        root.HelpName = "onnx-sentiment";
        DetailedHelp.AddTo(root);
        return root;
    }

    private static int Report(Exception e, TextWriter error, bool verbose)
    {
        error.WriteLine(verbose ? e.ToString() : Sentence(e));
        return e switch
        {
            OperationCanceledException => ExitCode.Interrupted,
            CheckFailedException => ExitCode.CheckFailed,
            _ => ExitCode.WrongInput,
        };
    }

    private static string Sentence(Exception e) => e switch
    {
        OperationCanceledException => "Interrupted.",
        InvalidInputException or CheckFailedException or IOException or UnauthorizedAccessException => e.Message,
        // libtorch appends its own stack to the first line.
        _ => $"Unexpected error: {e.Message.Split('\n')[0]} " +
            "Run again with --verbose for the details, and please report it.",
    };
}
