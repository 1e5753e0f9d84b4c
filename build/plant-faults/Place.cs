using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OnnxSentiment.PlantFaults;

/// <summary>Where a fault goes.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">What is replaced.</param>
/// <param name="Member">The member around it.</param>
/// <param name="Part">The body or the initial value of the member; it is doubled.</param>
internal sealed record Place(Fault Fault, string Path, TextSpan Span, SyntaxNode Member, SyntaxNode Part)
{
    /// <summary>Every place that fits a fault; right is one.</summary>
    public static IEnumerable<Place> Of(Fault fault, Sources sources) =>
        from path in sources.Find(fault.File)
        let root = Parse(File.ReadAllText(path))
        from span in Find(root, fault.Old)
        let member = MemberAround(root.FindNode(span))
        where member is not null
        let part = PartOf(member, span)
        where part is not null
        select new Place(fault, path, span, member, part);

    private static SyntaxNode Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    // By the text of the tokens alone, so that a line that is broken elsewhere now is still found.
    private static IEnumerable<TextSpan> Find(SyntaxNode root, string old)
    {
        var wanted = string.Concat(SyntaxFactory.ParseTokens(old).Select(token => token.Text));
        var (text, starts, ends) = (new StringBuilder(), new Dictionary<int, int>(), new Dictionary<int, int>());
        foreach (var token in root.DescendantTokens().Where(token => token.Text.Length > 0))
        {
            starts[text.Length] = token.SpanStart;
            ends[text.Append(token.Text).Length] = token.Span.End;
        }

        var all = text.ToString();
        for (var at = all.IndexOf(wanted, StringComparison.Ordinal); at >= 0;
            at = all.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            if (starts.TryGetValue(at, out var start) && ends.TryGetValue(at + wanted.Length, out var end))
            {
                yield return TextSpan.FromBounds(start, end);
            }
        }
    }

    // The outermost one: a local function or a lambda stays together with what it captures.
    private static SyntaxNode? MemberAround(SyntaxNode node) =>
        node.AncestorsAndSelf().LastOrDefault(ancestor => ancestor switch
        {
            BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or FieldDeclarationSyntax => true,
            BasePropertyDeclarationSyntax property => property.AccessorList?.Span.Contains(node.Span) != true,
            _ => false,
        });

    private static SyntaxNode? PartOf(SyntaxNode member, TextSpan span)
    {
        var part = member.DescendantNodes().Select(node => node switch
        {
            BlockSyntax when node.Parent == member => node,
            ArrowExpressionClauseSyntax arrow when node.Parent == member => arrow.Expression,
            EqualsValueClauseSyntax value when value.Span.Contains(span) => value.Value,
            _ => null,
        }).FirstOrDefault(node => node is not null);
        return part?.Span.Contains(span) == true ? part : null;
    }
}
