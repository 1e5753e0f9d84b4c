using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OnnxSentiment.Architecture.Tests.Waiting;

/// <summary>
/// Who waits, waits by a <see cref="TimeProvider"/>, which a test can turn forward, or for a signal. The rule returns
/// a sentence for each violation.
/// </summary>
internal static partial class WaitingRules
{
    /// <summary>Sleeps, and delays and timers by another time than that of a clock that was handed in.</summary>
    /// <param name="path">The file, as it is to be named.</param>
    /// <param name="text">Its C#.</param>
    public static IEnumerable<string> Check(string path, string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview));
        return from node in tree.GetRoot().DescendantNodes()
               let wait = WaitIn(node)
               where wait is not null
               let line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1
               select $"{path}:{line} waits by {wait}; wait by a TimeProvider or for a signal.";
    }

    private static string? WaitIn(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call when Sleep().IsMatch(call.Expression.ToString()) => "Thread.Sleep",
        InvocationExpressionSyntax call when Delay().IsMatch(call.Expression.ToString())
            && !IsForEver(call.ArgumentList) && !HasClock(call.ArgumentList) => "Task.Delay",
        ObjectCreationExpressionSyntax { ArgumentList: { } arguments } made
            when IsTimer(made) && !HasClock(arguments) => made.Type.ToString(),
        _ => null,
    };

    private static bool IsTimer(ObjectCreationExpressionSyntax made) =>
        made.Type.ToString() is "PeriodicTimer" or "System.Threading.Timer";

    // Until its token is canceled: that is a signal.
    private static bool IsForEver(ArgumentListSyntax arguments) =>
        arguments.Arguments is [var delay, ..]
        && delay.ToString().StartsWith("Timeout.Infinite", StringComparison.Ordinal);

    // By its name, since nothing here knows the types of a test project.
    private static bool HasClock(ArgumentListSyntax arguments) =>
        arguments.Arguments.Any(argument => Clock().IsMatch(argument.ToString()));

    [GeneratedRegex(@"(^|\.)Thread\.Sleep$")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"(^|\.)Task\.Delay$")]
    private static partial Regex Delay();

    [GeneratedRegex(@"((^|\.)time|clock|timeprovider(\.system)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();
}
