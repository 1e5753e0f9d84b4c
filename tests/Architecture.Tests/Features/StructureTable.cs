using System.Globalization;
using Microsoft.CodeAnalysis;

namespace OnnxSentiment.Architecture.Tests.Features;

/// <summary>The structure of every project in figures, as the table of docs/design.md has it.</summary>
public class StructureTable
{
    [Test, Explicit("prints the table of docs/design.md")]
    public void Print()
    {
        TestContext.Out.WriteLine("| project | files | lines | public types | folders | of them in a cycle |");
        TestContext.Out.WriteLine("|---|---|---|---|---|---|");
        foreach (var project in Repository.Projects)
        {
            TestContext.Out.WriteLine(Row(project));
        }
    }

    private static string Row(string project)
    {
        var files = Repository.SourceFiles(project).ToList();
        var lines = files.Sum(path => File.ReadLines(Path.Combine(Repository.Folder(project), path)).Count());
        var uses = FolderTests.UsesOf(project);
        var folders = files.Select(TypeUses.FolderOf).Distinct().Count();
        var types = Repository.Assembly(project).GetExportedTypes().Count(IsOurs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {project} | {files.Count} | {lines:N0} | {types} | {folders} | {FolderRules.CountInCycles(uses)} |");
    }

    // What protoc makes of the standard's schema is the standard's.
    private static bool IsOurs(Type type) =>
        !type.IsNested && type.Namespace?.EndsWith("Proto", StringComparison.Ordinal) != true;
}
