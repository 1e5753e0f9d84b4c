using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OnnxSentiment.PlantFaults;

/// <summary>
/// Writes a member with its faults: a branch for each, behind its switch, and the original as the last.
/// </summary>
internal static class Branches
{
    /// <summary>Stands before the original; before a fault stands <see cref="MarkOf"/> its id.</summary>
    public const string Original = "original";

    /// <summary>A comment by which an error of the compiler is brought home.</summary>
    public static string MarkOf(string id) => $"/*fault {id}*/";

    /// <summary>The text of the member.</summary>
    /// <param name="places">All in the same member.</param>
    /// <param name="switchOf">An expression that is true where a fault is on.</param>
    public static string Write(IReadOnlyList<Place> places, Func<Fault, string> switchOf)
    {
        var (member, part) = (places[0].Member, places[0].Part);
        var isValue = part.Parent is EqualsValueClauseSyntax;
        var code = new StringBuilder();
        foreach (var place in places)
        {
            var start = place.Span.Start - part.SpanStart;
            var branch = part.ToString().Remove(start, place.Span.Length).Insert(start, place.Fault.New);
            code.Append('\n').Append(MarkOf(place.Fault.Id)).Append(isValue
                ? $" {switchOf(place.Fault)} ? ({branch}) : "
                : $" if ({switchOf(place.Fault)}) {Statements(member, part, branch)} else ");
        }

        code.Append('\n').Append(MarkOf(Original)).Append(' ')
            .Append(isValue ? $"({part})" : Statements(member, part, part.ToString()));
        return Replace(member, part, code.ToString());
    }

    private static string Statements(SyntaxNode member, SyntaxNode part, string code) =>
        part is BlockSyntax ? code
        : IsVoid(member) || part is ThrowExpressionSyntax ? $"{{ {code}; }}"
        : $"{{ return {code}; }}";

    private static bool IsVoid(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax { ReturnType: var type, Modifiers: var modifiers } => type.ToString() == "void"
            || (modifiers.Any(SyntaxKind.AsyncKeyword) && type.ToString() is "Task" or "ValueTask"),
        AccessorDeclarationSyntax accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => true,
        _ => false,
    };

    private static string Replace(SyntaxNode member, SyntaxNode part, string code)
    {
        var text = member.ToString();
        var (start, end) = part.Parent is ArrowExpressionClauseSyntax arrow
            ? (arrow.SpanStart, member.Span.End) // with the semicolon
            : (part.SpanStart, part.Span.End);
        code = part.Parent is EqualsValueClauseSyntax ? code
            : member is BasePropertyDeclarationSyntax ? $"{{ get {{{code} }} }}"
            : $"{{{code} }}";
        text = text[..(start - member.SpanStart)] + code + text[(end - member.SpanStart)..];
        return member is FieldDeclarationSyntax ? Regex.Replace(text, @"\bconst\b", "static readonly") : text;
    }
}
