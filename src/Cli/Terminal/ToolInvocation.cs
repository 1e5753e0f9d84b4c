using System.CommandLine;

namespace OnnxSentiment.Cli;

/// <summary>An invocation that knows its environment variables, so that tests can set them.</summary>
internal sealed class ToolInvocation : InvocationConfiguration
{
    /// <summary>The value of a variable; null where it is not set.</summary>
    internal required Func<string, string?> Variable { get; init; }

    /// <summary>The variables of a command's invocation.</summary>
    internal static Func<string, string?> VariableOf(ParseResult arguments) =>
        ((ToolInvocation)arguments.InvocationConfiguration).Variable;
}
