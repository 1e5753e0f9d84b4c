using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OnnxSentiment.Architecture.Tests.Features;

/// <summary>
/// Finds which folders of a project use types of which others, by what the compiler makes of every name.
/// </summary>
internal static class TypeUses
{
    /// <summary>All uses across folders in a project's sources.</summary>
    /// <param name="sources">
    /// Path below the project's folder, with slashes, and text of each file that a person wrote.
    /// </param>
    /// <param name="generated">
    /// Sources that the build makes and that the others need; nothing is reported of them.
    /// </param>
    /// <param name="references">The assemblies that the project refers to.</param>
    public static IReadOnlyList<TypeUse> Find(
        IEnumerable<(string Path, string Text)> sources, IEnumerable<string> generated,
        IEnumerable<MetadataReference> references)
    {
        var written = sources.Select(source => Parse(source.Text, source.Path)).ToList();
        var compilation = CSharpCompilation.Create(
            "project",
            [.. written, .. generated.Select(text => Parse(text, ""))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. written.SelectMany(tree => Of(tree, compilation.GetSemanticModel(tree)))];
    }

    /// <summary>The folder of a path; empty for a file that lies in none.</summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(path)!.Replace('\\', '/');

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path);

    private static IEnumerable<TypeUse> Of(SyntaxTree tree, SemanticModel model)
    {
        var from = FolderOf(tree.FilePath);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            // A constant or the name in nameof is a use as well, though the compiled assembly shows nothing of it.
            if (TypeOf(model.GetSymbolInfo(name)) is { } type && DeclaredIn(type, from) is { } to)
            {
                var line = tree.GetLineSpan(name.Span).StartLinePosition.Line + 1;
                yield return new TypeUse(from, to, $"{tree.FilePath}:{line}", type.Name);
            }
        }
    }

    private static INamedTypeSymbol? TypeOf(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }

    // A partial type may lie in several folders, one of them the user's own.
    private static string? DeclaredIn(INamedTypeSymbol type, string from)
    {
        var folders = type.DeclaringSyntaxReferences.Select(declaration => declaration.SyntaxTree.FilePath)
            .Where(path => path.Length > 0).Select(FolderOf).ToList();
        return folders.Count == 0 || folders.Contains(from) ? null : folders[0];
    }
}
