namespace OnnxSentiment.Core.Tests;

public class AtomicFolderTests
{
    private TemporaryFolder _folder = null!;
    private string _target = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _target = _folder.File("target");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Write_NewFolderWithMissingParents_MakesAll()
    {
        AtomicFolder.Write(_folder.File("a/b/target/"), Never, Fill("new"));
        Assert.That(File.ReadAllText(_folder.File("a/b/target/new")), Is.EqualTo("new"));
        Assert.That(TemporaryFolder.EntriesOf(_folder.File("a/b")), Is.EqualTo(["target"]));
    }

    [Test]
    public void Write_OlderFolder_IsReplacedWhole()
    {
        Fill("old")(_target);
        AtomicFolder.Write(_target, Always, Fill("new"));
        Assert.That(TemporaryFolder.EntriesOf(_target), Is.EqualTo(["new"]));
        Assert.That(_folder.Entries, Is.EqualTo(["target"]));
    }

    [Test]
    public void Write_EmptyFolder_IsReplacedUnasked()
    {
        Directory.CreateDirectory(_target);
        AtomicFolder.Write(_target, Never, Fill("new"));
        Assert.That(TemporaryFolder.EntriesOf(_target), Is.EqualTo(["new"]));
    }

    [Test]
    public void Write_FolderThatMayNotBeReplaced_IsRefusedBeforeAnyWork()
    {
        Fill("old")(_target);
        Assert.That(
            () => AtomicFolder.Write(_target, Never, _ => Assert.Fail("fill was called")),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("choose a new or empty folder"));
        Assert.That(TemporaryFolder.EntriesOf(_target), Is.EqualTo(["old"]));
        Assert.That(_folder.Entries, Is.EqualTo(["target"]));
    }

    [Test]
    public void Write_FileOfThatName_IsRefused()
    {
        File.WriteAllText(_target, "a file");
        Assert.That(
            () => AtomicFolder.Write(_target, Always, Fill("new")),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("is a file, but a folder was expected"));
        Assert.That(File.ReadAllText(_target), Is.EqualTo("a file"));
    }

    [Test]
    public void Write_WhileFilling_TheOlderFolderIsWhole()
    {
        Fill("old")(_target);
        AtomicFolder.Write(_target, Always, temporary =>
        {
            Fill("new")(temporary);
            Assert.That(TemporaryFolder.EntriesOf(_target), Is.EqualTo(["old"]));
        });
    }

    [Test]
    public void Write_FillThrows_LeavesTheOlderFolderAndNoTemporary()
    {
        Fill("old")(_target);
        Assert.That(
            () => AtomicFolder.Write(_target, Always, temporary =>
            {
                Fill("half")(temporary);
                throw new InvalidOperationException("the disk is full");
            }),
            Throws.InvalidOperationException.With.Message.EqualTo("the disk is full"));
        Assert.That(TemporaryFolder.EntriesOf(_target), Is.EqualTo(["old"]));
        Assert.That(_folder.Entries, Is.EqualTo(["target"]));
    }

    [Test]
    public void Write_LeftoversOfAKilledProcess_AreNeitherKeptNorInTheWay()
    {
        var temporary = AtomicFile.TemporaryName(_target);
        Fill("old")(_target);
        Fill("stale")(temporary);
        Fill("older")(temporary + ".old");
        AtomicFolder.Write(_target, Always, Fill("new"));
        Assert.That(TemporaryFolder.EntriesOf(_target), Is.EqualTo(["new"]));
        Assert.That(_folder.Entries, Is.EqualTo(["target"]));
    }

    [Test]
    public void Write_FillRemovesItsFolder_PutsTheOlderOneBack()
    {
        Fill("old")(_target);
        Assert.That(
            () => AtomicFolder.Write(_target, Always, temporary => Directory.Delete(temporary)),
            Throws.InstanceOf<IOException>());
        Assert.That(TemporaryFolder.EntriesOf(_target), Is.EqualTo(["old"]));
        Assert.That(_folder.Entries, Is.EqualTo(["target"]));
    }

    private static bool Never(string folder) => false;

    private static bool Always(string folder) => true;

    private static Action<string> Fill(string name) => folder =>
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), name);
    };
}
