namespace OnnxSentiment.Core.Tests;

public class CheckpointSaveTests
{
    private static readonly string[] OwnFiles = ["config.json", "vocab.txt", "weights.safetensors"];

    private TemporaryFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _path = _folder.File("checkpoint");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Save_NewFolder_HoldsTheThreeFiles()
    {
        Assert.That(Checkpoint.Exists(_path), Is.False);
        Examples.Checkpoint.Save(_path);
        Assert.That(Checkpoint.Exists(_path), Is.True);
        Assert.That(TemporaryFolder.EntriesOf(_path), Is.EqualTo(OwnFiles));
        AssertNothingElse();
    }

    [Test]
    public void Save_TextFiles_HaveLineFeedsAndNoByteOrderMark()
    {
        Examples.Checkpoint.Save(_path);
        foreach (var file in new[] { "config.json", "vocab.txt" })
        {
            var bytes = File.ReadAllBytes(Path.Combine(_path, file));
            Assert.That(bytes[0], Is.LessThan((byte)0x80), file);
            Assert.That(bytes, Does.Not.Contain((byte)'\r'), file);
            Assert.That(bytes[^1], Is.EqualTo((byte)'\n'), file);
        }
    }

    [Test]
    public void Save_AddFiles_AreMovedWithTheOthers()
    {
        Examples.Checkpoint.Save(_path, folder => File.WriteAllText(Path.Combine(folder, "history.json"), "[]"));
        Assert.That(
            TemporaryFolder.EntriesOf(_path),
            Is.EqualTo(["config.json", "history.json", "vocab.txt", "weights.safetensors"]));
        AssertNothingElse();
    }

    [Test]
    public void Save_OlderCheckpoint_IsReplacedWithAllItsFiles()
    {
        Examples.Checkpoint.Save(_path, folder => File.WriteAllText(Path.Combine(folder, "history.json"), "[]"));
        Examples.Checkpoint.Save(_path);
        Assert.That(TemporaryFolder.EntriesOf(_path), Is.EqualTo(OwnFiles));
        AssertNothingElse();
    }

    // A config.json alone proves nothing: many a project has one.
    [TestCase("notes.txt")]
    [TestCase("config.json")]
    public void Save_FolderWithOtherFiles_IsRefusedAndLeftAlone(string file)
    {
        Directory.CreateDirectory(_path);
        File.WriteAllText(Path.Combine(_path, file), "mine");
        Assert.That(
            () => Examples.Checkpoint.Save(_path),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains($"'{_path}' holds other files"));
        Assert.That(File.ReadAllText(Path.Combine(_path, file)), Is.EqualTo("mine"));
        AssertNothingElse();
    }

    [Test]
    public void Save_OlderCheckpointBesideAFileOfTheUser_IsRefusedAndLeftAlone()
    {
        Examples.Checkpoint.Save(_path);
        File.WriteAllText(Path.Combine(_path, "notes.txt"), "mine");
        Assert.That(() => Examples.Checkpoint.Save(_path), Throws.InstanceOf<InvalidInputException>());
        Assert.That(TemporaryFolder.EntriesOf(_path), Is.EquivalentTo([.. OwnFiles, "notes.txt"]));
    }

    [Test]
    public void Save_AddFilesThrows_LeavesTheOlderCheckpoint()
    {
        Examples.Checkpoint.Save(_path);
        var before = File.GetLastWriteTimeUtc(Path.Combine(_path, "config.json"));
        Assert.That(
            () => Examples.Checkpoint.Save(_path, folder =>
            {
                File.WriteAllText(Path.Combine(folder, "history.json"), "[");
                throw new InvalidOperationException("no space");
            }),
            Throws.InvalidOperationException);
        Assert.That(TemporaryFolder.EntriesOf(_path), Is.EqualTo(OwnFiles));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(_path, "config.json")), Is.EqualTo(before));
        Assert.That(Checkpoint.Load(_path).Vocabulary.Count, Is.EqualTo(Examples.Vocabulary.Count));
        AssertNothingElse();
    }

    private void AssertNothingElse() => Assert.That(_folder.Entries, Is.EqualTo(["checkpoint"]));
}
