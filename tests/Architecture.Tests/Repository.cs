using System.Reflection;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Architecture.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root => Checkout.Root;

    /// <summary>The names of the folders under src that hold a project.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static string Folder(string project) => Path.Combine(Root, "src", project);

    public static string ProjectFile(string project) => Path.Combine(Folder(project), $"{project}.csproj");

    /// <summary>The compiled project; this test project has to reference it.</summary>
    public static Assembly Assembly(string project)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"OnnxSentiment.{project}.dll");
        Assert.That(
            path, Does.Exist, $"reference {project}.csproj from Architecture.Tests.csproj: its rules are tested there");
        return System.Reflection.Assembly.LoadFrom(path);
    }

    /// <summary>The C# files of a project that a person wrote, as paths below the project's folder.</summary>
    public static IEnumerable<string> SourceFiles(string project) =>
        SourceFilesBelow(Folder(project))
            .Select(path => Path.GetRelativePath(Folder(project), path).Replace('\\', '/'));

    /// <summary>The C# files below a folder that a person wrote.</summary>
    public static IEnumerable<string> SourceFilesBelow(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)
                .Any(part => part is "bin" or "obj"));

    /// <summary>The C# files that the build made of protobuf definitions, and the usings that every file has.</summary>
    public static IEnumerable<string> GeneratedFiles(string project)
    {
        var folder = Path.Combine(Folder(project), "obj", Configuration, "net10.0");
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
