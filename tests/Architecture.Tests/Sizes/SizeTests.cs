namespace OnnxSentiment.Architecture.Tests.Sizes;

/// <summary>Every C# file that a person wrote keeps to the limits of <see cref="SizeRules"/>.</summary>
public class SizeTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Files =
        [.. new[] { "src", "tests", "build", "samples" }.Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists).SelectMany(Repository.SourceFilesBelow)
            .Select(path => (Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)))];

    [Test]
    public void Lines_OfEveryFile_FitTheScreen() => AssertNone(Files.SelectMany(file => SizeRules.CheckLines(file.Path, file.Text)));

    [Test]
    public void Methods_OfEveryFile_AreShort() => AssertNone(Files.SelectMany(file => SizeRules.CheckMethods(file.Path, file.Text)));

    [Test]
    public void Files_OfTheRepository_AreShort() => AssertNone(Files.SelectMany(file => SizeRules.CheckFile(file.Path, file.Text)));

    private static void AssertNone(IEnumerable<string> violations) =>
        Assert.That(string.Join("\n", violations), Is.Empty);
}
