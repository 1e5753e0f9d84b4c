using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.ExceptionServices;
using System.Text;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>The options of a command that checks something: files that say what came out, for CI.</summary>
internal sealed class ReportOptions
{
    private const string StandardOutput = "-";

    private readonly Option<string?> _json = Create("--json", "as JSON, with all measurements");
    private readonly Option<string?> _junit = Create("--junit", "as JUnit XML, a test case for each check");
    private readonly Option<string?> _markdown = Create("--markdown", "as Markdown, for a page or a comment");

    private IEnumerable<(Option<string?> Option, Func<CheckReport, string> Format)> Forms =>
    [
        (_json, report => report.ToJson() + "\n"),
        (_junit, report => report.ToJUnit() + "\n"),
        (_markdown, report => report.ToMarkdown()),
    ];

    internal void AddTo(Command command)
    {
        foreach (var (option, _) in Forms)
        {
            command.Add(option);
        }
    }

    /// <summary>
    /// Does a command's work and writes what came out to all files that were asked for, also when a check fails.
    /// </summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="report">The report without its checks: command, subject, what it is checked against.</param>
    /// <param name="work">
    /// Does the work, writes text for people, and returns the report with its checks; may throw
    /// <see cref="CheckFailedException"/> with them instead.
    /// </param>
    /// <exception cref="InvalidInputException">A file cannot be written; found before the work.</exception>
    /// <exception cref="CheckFailedException">A check failed.</exception>
    internal async Task<int> RunAsync(
        ParseResult arguments, CheckReport report, Func<TextWriter, Task<CheckReport>> work)
    {
        CheckTargets(arguments);
        var (output, messages) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var runner = GitHubActions.Find(ToolInvocation.VariableOf(arguments), messages);
        var done = await DoAsync(report, work, Targets(arguments).Contains(StandardOutput) ? messages : output);
        Write(arguments, done.Report);
        runner?.Publish(done.Report);
        ThrowIfFailed(done.Report, done.Failure);
        return ExitCode.Done;
    }

    private static async Task<(CheckReport Report, CheckFailedException? Failure)> DoAsync(
        CheckReport report, Func<TextWriter, Task<CheckReport>> work, TextWriter text)
    {
        try
        {
            return (await work(text), null);
        }
        catch (CheckFailedException e)
        {
            return (report with { Checks = e.Checks.Count > 0 ? e.Checks : [Unnamed(report, e)] }, e);
        }
    }

    private static CheckResult Unnamed(CheckReport report, CheckFailedException e) => new()
    {
        Group = report.Command,
        Name = report.Subject,
        Outcome = CheckOutcome.Failed,
        Message = e.Message,
    };

    private static void ThrowIfFailed(CheckReport report, CheckFailedException? failure)
    {
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var failed = report.Checks.Where(check => check.Outcome == CheckOutcome.Failed).ToList();
        if (failed.Count > 0)
        {
            throw new CheckFailedException(string.Join('\n', failed.Select(check => check.Message)), report.Checks);
        }
    }

    private void CheckTargets(ParseResult arguments)
    {
        var given = Forms.Select(form => (form.Option.Name, Path: arguments.GetValue(form.Option)))
            .Where(target => target.Path is not null).ToList();
        foreach (var (name, path) in given.Where(target => target.Path != StandardOutput))
        {
            if (string.IsNullOrWhiteSpace(path))
            {
                throw new InvalidInputException($"{name} is empty: give a file, or - for standard output.");
            }

            CheckIsNotUsed(arguments, name, path);
            AtomicFile.CheckWritable(path);
        }

        if (given.GroupBy(target => PlaceOf(target.Path!)).FirstOrDefault(place => place.Count() > 1) is { } shared)
        {
            throw new InvalidInputException(
                $"{string.Join(" and ", shared.Select(target => target.Name))} are both '{shared.First().Path}': " +
                "give each a file of its own.");
        }
    }

    // A report would replace the model or the texts that the command is about to read.
    private void CheckIsNotUsed(ParseResult arguments, string name, string path)
    {
        var others = arguments.CommandResult.Children
            .Where(child => child is not OptionResult option || Forms.All(form => form.Option != option.Option))
            .SelectMany(child => child.Tokens).Select(token => token.Value)
            .Where(value => !string.IsNullOrWhiteSpace(value) && !value.Contains('\0', StringComparison.Ordinal));
        if (others.Any(value => PlaceOf(value) == PlaceOf(path)))
        {
            throw new InvalidInputException(
                $"{name} is '{path}', which the command needs itself: give the report a file of its own.");
        }
    }

    private static string PlaceOf(string path) => path == StandardOutput ? path : Path.GetFullPath(path);

    private IEnumerable<string?> Targets(ParseResult arguments) =>
        Forms.Select(form => arguments.GetValue(form.Option));

    private void Write(ParseResult arguments, CheckReport report)
    {
        foreach (var (option, format) in Forms)
        {
            if (arguments.GetValue(option) is not { } path)
            {
                continue;
            }

            if (path == StandardOutput)
            {
                arguments.InvocationConfiguration.Output.Write(format(report));
            }
            else
            {
                AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(format(report))));
            }
        }
    }

    private static Option<string?> Create(string name, string form) => new(name)
    {
        Description = $"Write what was checked {form}; - is standard output, and the text then goes to standard error.",
        HelpName = "file",
    };
}
