using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OnnxSentiment.Architecture.Tests.Sizes;

/// <summary>How long lines, methods and files may be. Each rule returns a sentence for each violation.</summary>
internal static class SizeRules
{
    /// <summary>Characters of a line, as .editorconfig has it.</summary>
    public const int LongestLine = 120;

    /// <summary>Lines of a method, from its signature to its last brace.</summary>
    public const int LongestMethod = 40;

    /// <summary>Lines of a file.</summary>
    public const int LongestFile = 300;

    /// <summary>Lines over <see cref="LongestLine"/>.</summary>
    public static IEnumerable<string> CheckLines(string path, string text) =>
        from line in text.Split('\n').Index()
        let length = line.Item.TrimEnd('\r').EnumerateRunes().Count()
        where length > LongestLine
        select $"{path}:{line.Index + 1} has {length} characters; a line has at most {LongestLine}.";

    /// <summary>A file over <see cref="LongestFile"/>.</summary>
    public static IEnumerable<string> CheckFile(string path, string text)
    {
        var lines = text.TrimEnd().Count(c => c == '\n') + 1;
        if (lines > LongestFile)
        {
            yield return $"{path} has {lines} lines; a file has at most {LongestFile}.";
        }
    }

    /// <summary>Methods, constructors, accessors and local functions over <see cref="LongestMethod"/>.</summary>
    public static IEnumerable<string> CheckMethods(string path, string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview));
        foreach (var method in tree.GetRoot().DescendantNodes().Where(IsMethod))
        {
            var lines = LinesOf(method);
            if (lines > LongestMethod)
            {
                var first = SignatureOf(method).StartLinePosition.Line + 1;
                yield return $"{path}:{first} begins a method of {lines} lines; a method has at most {LongestMethod}.";
            }
        }
    }

    // A local function is a method of its own, and attributes are data: rows of test cases, for instance.
    private static int LinesOf(SyntaxNode method) =>
        Count(SignatureOf(method)) - method.DescendantNodes().OfType<LocalFunctionStatementSyntax>()
            .Where(local => local.Ancestors().First(IsMethod) == method).Sum(local => Count(SignatureOf(local)));

    private static FileLinePositionSpan SignatureOf(SyntaxNode method)
    {
        var start = method.ChildNodesAndTokens().First(child => !child.IsKind(SyntaxKind.AttributeList)).SpanStart;
        return method.SyntaxTree.GetLineSpan(TextSpan.FromBounds(start, method.Span.End));
    }

    private static int Count(FileLinePositionSpan span) => span.EndLinePosition.Line - span.StartLinePosition.Line + 1;

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax;
}
