using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OnnxSentiment.Cli;

/// <summary>The usual help of a command, with its examples and exit codes below.</summary>
internal sealed class DetailedHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _usual;

    private DetailedHelp(HelpAction usual) => _usual = usual;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives the tool's <c>--help</c> what <see cref="CommandHelp"/> has to say.</summary>
    internal static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new DetailedHelp((HelpAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _usual.Invoke(parseResult);
        var (command, output) = (
            parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        if (command.Name == TrainHelp.Command)
        {
            TrainHelp.Write(output);
        }

        if (CommandHelp.All.TryGetValue(command is RootCommand ? CommandHelp.Tool : command.Name, out var help))
        {
            help.Write(output);
        }

        return exitCode;
    }
}
