namespace OnnxSentiment.Architecture.Tests.Sizes;

/// <summary>Every C# file that a person wrote keeps to the limits of <see cref="SizeRules"/>.</summary>
public class SizeTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Files =
        [.. new[] { "src", "tests", "build", "samples" }.Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists).SelectMany(Repository.SourceFilesBelow)
            .Select(path => (Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)))];

    [Test]
    public void Lines_OfEveryFile_FitTheScreen() => AssertNone(SizeRules.CheckLines);

    [Test]
    public void Methods_OfEveryFile_AreShort() => AssertNone(SizeRules.CheckMethods);

    [Test]
    public void Files_OfTheRepository_AreShort() => AssertNone(SizeRules.CheckFile);

    private static void AssertNone(Func<string, string, IEnumerable<string>> check)
    {
        Assert.That(Files, Has.Count.GreaterThan(100));
        Assert.That(string.Join("\n", Files.SelectMany(file => check(file.Path, file.Text))), Is.Empty);
    }
}
