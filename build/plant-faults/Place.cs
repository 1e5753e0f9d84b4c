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
    public static IEnumerable<Place> Of(Fault fault, Scratch scratch) =>
        from path in scratch.Sources(fault.File)
        let root = Parse(File.ReadAllText(path))
        from span in Find(root, fault.Old)
        let member = MemberAround(root.FindNode(span))
        where member is not null
        let part = PartOf(member, span)
        where part is not null
        select new Place(fault, path, span, member, part);

    private static SyntaxNode Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    // By tokens, so that a line that is broken elsewhere now is still found.
    private static IEnumerable<TextSpan> Find(SyntaxNode root, string old)
    {
        var wanted = SyntaxFactory.ParseTokens(old).Select(token => token.Text).Where(text => text.Length > 0).ToArray();
        var tokens = root.DescendantTokens().Where(token => token.Text.Length > 0).ToArray();
        var texts = tokens.Select(token => token.Text).ToArray();
        for (var i = 0; i + wanted.Length <= tokens.Length; i++)
        {
            if (texts.AsSpan(i, wanted.Length).SequenceEqual(wanted))
            {
                yield return TextSpan.FromBounds(tokens[i].SpanStart, tokens[i + wanted.Length - 1].Span.End);
            }
        }
    }

    // The outermost one: a local function or a lambda stays together with what it captures.
    private static SyntaxNode? MemberAround(SyntaxNode node) => node.AncestorsAndSelf().LastOrDefault(ancestor => ancestor switch
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
