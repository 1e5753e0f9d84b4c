namespace OnnxSentiment.Architecture.Tests.Waiting;

/// <summary>Nothing in src/ and in the tests sleeps; benchmarks may.</summary>
public class WaitingTests
{
    [Test]
    public void Waiting_InSourcesAndTests_IsByAClockOrForASignal()
    {
        var files = Directory.GetDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests")
            .Append(Path.Combine(Repository.Root, "src"))
            .SelectMany(Repository.SourceFilesBelow)
            .Select(path => (Path: Path.GetRelativePath(Repository.Root, path), Text: File.ReadAllText(path)))
            .ToList();

        Assert.That(files, Has.Count.GreaterThan(100));
        Assert.That(string.Join("\n", files.SelectMany(file => WaitingRules.Check(file.Path, file.Text))), Is.Empty);
    }
}
