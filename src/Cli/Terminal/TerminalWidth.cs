namespace OnnxSentiment.Cli;

/// <summary>How many characters a line of the output has.</summary>
internal static class TerminalWidth
{
    /// <summary>What files and pipes get, and terminals that do not tell.</summary>
    internal const int Default = 80;

    internal static int Of(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Console.WindowWidth > 0
            ? Console.WindowWidth
            : Default;
}
