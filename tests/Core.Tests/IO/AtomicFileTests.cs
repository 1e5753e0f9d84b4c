namespace OnnxSentiment.Core.Tests;

public class AtomicFileTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Write_NewFileInMissingFolder_MakesBoth()
    {
        AtomicFile.Write(_folder.File("a/b/file"), stream => stream.Write("new"u8));
        Assert.That(File.ReadAllText(_folder.File("a/b/file")), Is.EqualTo("new"));
        Assert.That(TemporaryFolder.EntriesOf(_folder.File("a/b")), Is.EqualTo(["file"]));
    }

    [Test]
    public void Write_OlderFile_IsReplacedWhole()
    {
        File.WriteAllText(_folder.File("file"), "an older and longer text");
        AtomicFile.Write(_folder.File("file"), stream => stream.Write("new"u8));
        Assert.That(File.ReadAllText(_folder.File("file")), Is.EqualTo("new"));
        Assert.That(_folder.Entries, Is.EqualTo(["file"]));
    }

    [Test]
    public void Write_WhileWriting_TheOlderFileIsWhole()
    {
        File.WriteAllText(_folder.File("file"), "old");
        AtomicFile.Write(_folder.File("file"), stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.That(File.ReadAllText(_folder.File("file")), Is.EqualTo("old"));
            Assert.That(_folder.Entries, Has.Exactly(1).EndsWith(AtomicFile.TemporarySuffix));
        });
    }

    [Test]
    public void Write_Throws_LeavesTheOlderFileAndNoTemporary()
    {
        File.WriteAllText(_folder.File("file"), "old");
        Assert.That(
            () => AtomicFile.Write(_folder.File("file"), stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException("the disk is full");
            }),
            Throws.InvalidOperationException.With.Message.EqualTo("the disk is full"));
        Assert.That(File.ReadAllText(_folder.File("file")), Is.EqualTo("old"));
        Assert.That(_folder.Entries, Is.EqualTo(["file"]));
    }

    [Test]
    public void WriteTo_Throws_LeavesNoFile()
    {
        Assert.That(
            () => AtomicFile.WriteTo(_folder.File("file"), temporary =>
            {
                File.WriteAllText(temporary, "half");
                throw new InvalidInputException("the check failed");
            }),
            Throws.InstanceOf<InvalidInputException>());
        Assert.That(_folder.Entries, Is.Empty);
    }

    [Test]
    public void WriteTo_LeftoverOfAKilledProcess_IsNotSeenByTheWriter()
    {
        File.WriteAllText(AtomicFile.TemporaryName(_folder.File("file")), "stale");
        AtomicFile.WriteTo(_folder.File("file"), temporary => File.AppendAllText(temporary, "new"));
        Assert.That(File.ReadAllText(_folder.File("file")), Is.EqualTo("new"));
        Assert.That(_folder.Entries, Is.EqualTo(["file"]));
    }

    [Test]
    public void WriteTo_SamePathFromSeveralThreads_EachWritesItsOwnAndOneIsWhole()
    {
        const int Threads = 4;
        using var together = new Barrier(Threads);
        var writers = Enumerable.Range(0, Threads).Select(i => Task.Factory.StartNew(
            () => AtomicFile.WriteTo(_folder.File("file"), temporary =>
            {
                File.AppendAllText(temporary, $"{i}");
                together.SignalAndWait(TimeSpan.FromMinutes(1));
            }),
            TaskCreationOptions.LongRunning));
        Assert.That(() => Task.WhenAll(writers), Throws.Nothing);
        Assert.That(File.ReadAllText(_folder.File("file")), Has.Length.EqualTo(1));
        Assert.That(_folder.Entries, Is.EqualTo(["file"]));
    }

    [Test]
    public void WriteTo_Folder_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(_folder.File("name/inside"));
        Assert.That(
            () => AtomicFile.WriteTo(_folder.File("name"), temporary => File.WriteAllText(temporary, "new")),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("is a folder, but a file was expected"));
        Assert.That(_folder.Entries, Is.EqualTo(["name"]));
    }

    [TestCase("file")]
    [TestCase("a/b/file")]
    public void CheckWritable_PlaceThatCanBeWritten_LeavesNothing(string path)
    {
        Assert.That(() => AtomicFile.CheckWritable(_folder.File(path)), Throws.Nothing);
        Assert.That(_folder.Entries, Is.Empty);
    }

    [Test]
    public void CheckWritable_ExistingFile_StaysAsItWas()
    {
        File.WriteAllText(_folder.File("file"), "old");
        Assert.That(() => AtomicFile.CheckWritable(_folder.File("file")), Throws.Nothing);
        Assert.That(File.ReadAllText(_folder.File("file")), Is.EqualTo("old"));
        Assert.That(_folder.Entries, Is.EqualTo(["file"]));
    }

    [TestCase("folder", "is a folder")]
    [TestCase("file/below/it", "cannot be written")]
    public void CheckWritable_PlaceThatCannotBeWritten_SaysWhy(string path, string words)
    {
        Directory.CreateDirectory(_folder.File("folder"));
        File.WriteAllText(_folder.File("file"), "old");
        Assert.That(
            () => AtomicFile.CheckWritable(_folder.File(path)),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains(words).And.Message.Contains(path));
    }
}
