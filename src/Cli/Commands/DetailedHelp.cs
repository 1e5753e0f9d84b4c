using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OnnxSentiment.Cli;

/// <summary>The usual help of a command and, for those that have more to say, a text of their own below it.</summary>
internal sealed class DetailedHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _usual;
    private readonly IReadOnlyDictionary<string, Action<TextWriter>> _details;

    private DetailedHelp(HelpAction usual, IReadOnlyDictionary<string, Action<TextWriter>> details)
    {
        _usual = usual;
        _details = details;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives the tool's <c>--help</c> the texts of some commands, by their names.</summary>
    internal static void AddTo(RootCommand root, IReadOnlyDictionary<string, Action<TextWriter>> details)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new DetailedHelp((HelpAction)option.Action!, details);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _usual.Invoke(parseResult);
        if (_details.TryGetValue(parseResult.CommandResult.Command.Name, out var write))
        {
            write(parseResult.InvocationConfiguration.Output);
        }

        return exitCode;
    }
}
