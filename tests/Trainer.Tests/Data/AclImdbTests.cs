using System.Formats.Tar;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

internal sealed class AclImdbTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Read_Archive_OrderedBySplitLabelAndNumber()
    {
        var data = DatasetReader.Read(WriteArchive(Archives.OfReviews()));

        Assert.Multiple(() =>
        {
            Assert.That(data.Name, Is.EqualTo("reviews.tar.gz"));
            Assert.That(data.Labels, Is.EqualTo(new[] { "negative", "positive" }));
            Assert.That(
                data.Train.Select(text => text.Id),
                Is.EqualTo(
                    new[] { "train/neg/2_3.txt", "train/neg/10_1.txt", "train/pos/0_9.txt", "train/pos/1_7.txt" }));
            Assert.That(data.Train.Select(text => text.Label),
                Is.EqualTo(new[] { "negative", "negative", "positive", "positive" }));
            Assert.That(data.Test.Select(text => text.Text), Is.EqualTo(new[] { "Dull.", "Bright." }));
            Assert.That(data.Unlabeled, Is.Empty);
        });
    }

    [Test]
    public void Read_InvalidUtf8AndByteOrderMark_ReplacedAndDropped()
    {
        var data = DatasetReader.Read(WriteArchive(Archives.OfReviews()));

        Assert.That(
            data.Train.Select(text => text.Text),
            Is.EqualTo(new[] { "B\uFFFD !", "Tenth: <br />bad.", "Behind a mark: good – very good.", "" }));
    }

    [Test]
    public void Read_FolderInAnyOrderOfWriting_EqualsArchive()
    {
        foreach (var (name, contents) in Archives.Reviews.Reverse())
        {
            _folder.Write("unpacked/aclImdb/" + name, contents);
        }

        _folder.Write("unpacked/aclImdb/train/neg/._2_3.txt", "what macOS leaves behind");
        _folder.Write("unpacked/aclImdb/train/labeledBow.feat", "9 0:9");
        var options = new DatasetOptions { IncludeUnlabeled = true };
        var archive = DatasetReader.Read(WriteArchive(Archives.OfReviews()), options);

        foreach (var path in new[] { "unpacked", "unpacked/aclImdb", "unpacked/aclImdb/" })
        {
            var data = DatasetReader.Read(_folder[path], options);
            Assert.Multiple(() =>
            {
                Assert.That(data.Train, Is.EqualTo(archive.Train), path);
                Assert.That(data.Test, Is.EqualTo(archive.Test), path);
                Assert.That(data.Unlabeled, Is.EqualTo(new[] { "First.", "Second." }), path);
                Assert.That(data.Sha256, Is.EqualTo(archive.Sha256), path);
            });
        }
    }

    [TestCase("../evil.txt", "leads out")]
    [TestCase("aclImdb/train/neg/../../../0_1.txt", "leads out")]
    [TestCase("/etc/train/neg/0_1.txt", "leads out")]
    [TestCase("C:/train/neg/0_1.txt", "leads out")]
    [TestCase("a\\..\\0_1.txt", "leads out")]
    public void Read_EntryOutsideTheArchive_Refused(string name, string message) =>
        AssertRefused(Archives.OfReviews(Archives.File(name, [65])), message);

    [TestCase(TarEntryType.SymbolicLink)]
    [TestCase(TarEntryType.HardLink)]
    public void Read_Link_Refused(TarEntryType type) =>
        AssertRefused(Archives.OfReviews(Archives.Link(type, "aclImdb/train/neg/9_1.txt", "/etc/passwd")),
            "is a link to '/etc/passwd'");

    [Test]
    public void Read_ReviewTooLarge_Refused() =>
        AssertRefused(
            Archives.OfReviews(
                Archives.File("aclImdb/train/neg/9_1.txt", new byte[AclImdbLayout.MaximumReviewLength + 1])),
            "has 4194305 bytes, but a review of at most 4194304");

    [Test]
    public void Read_ArchiveUnpacksToTooMuch_Refused()
    {
        var path =
            WriteArchive(Archives.OfReviews(Archives.File("aclImdb/train/labeledBow.feat", new byte[1_000_000])));
        var limits = new AclImdbArchive.Limits { TotalLength = 100_000 };

        Assert.That(
            () => AclImdbArchive.Read(path, new DatasetOptions(), limits),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("unpacks to more than 100000 bytes"));
    }

    [Test]
    public void Read_ReviewTwice_Refused() =>
        AssertRefused(
            Archives.OfReviews(Archives.File("aclImdb/test/neg/0_2.txt", [65])), "'test/neg/0_2.txt' is there twice");

    [Test]
    public void Read_ArchiveCutInItsReviews_DamagedOrIncomplete()
    {
        // Random bytes do not compress, so that every part of the file holds a part of the review.
        var contents = new byte[20_000];
        new Random(1).NextBytes(contents);
        var whole = Archives.OfReviews(Archives.File("aclImdb/train/pos/2_8.txt", contents));
        for (var length = 0; length < contents.Length; length += 97)
        {
            var path = WriteArchive(whole[..length]);
            Assert.That(
                () => DatasetReader.Read(path),
                Throws.TypeOf<InvalidInputException>().With.Message.Contains("damaged or incomplete")
                    .And.Message.Contains("download it again"),
                $"cut to {length} of {whole.Length} bytes");
        }
    }

    [Test]
    public void Read_ArchiveCutAnywhere_NeverReadAsSomethingElse()
    {
        var whole = Archives.OfReviews();
        AssertEqualOrRefused(whole, Enumerable.Range(0, whole.Length).Select(length => whole[..length]));
    }

    [Test]
    public void Read_TarCutBetweenEntries_DamagedOrIncomplete()
    {
        var tar = Archives.Decompress(Archives.OfReviews());
        for (var length = 512; length < tar.Length - 1024; length += 512)
        {
            var path = WriteArchive(Archives.Compress(tar[..length]));
            Assert.That(
                () => DatasetReader.Read(path),
                Throws.TypeOf<InvalidInputException>().With.Message.Contains("damaged or incomplete"),
                $"cut to {length} of {tar.Length} bytes");
        }
    }

    [Test]
    public void Read_ArchiveWithOneByteChanged_NeverReadAsSomethingElse()
    {
        var whole = Archives.OfReviews();
        AssertEqualOrRefused(whole, Enumerable.Range(0, whole.Length).Select(i =>
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0x10;
            return damaged;
        }));
    }

    [Test]
    public void Read_NoGzip_DamagedOrIncomplete() => AssertRefused("no archive"u8.ToArray(), "damaged or incomplete");

    [Test]
    public void Read_ArchiveWithoutReviews_SaysWhatWasExpected() =>
        AssertRefused(Archives.Of([Archives.File("something/else.txt", [65])]),
            "holds no review; expected were files train/neg/ID_RATING.txt");

    [Test]
    public void Read_Cancelled_Stops()
    {
        var path = WriteArchive(Archives.OfReviews());

        Assert.That(
            () => DatasetReader.Read(path, null, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private void AssertEqualOrRefused(byte[] whole, IEnumerable<byte[]> damagedArchives)
    {
        var expected = DatasetReader.Read(WriteArchive(whole)).Sha256;
        foreach (var (i, damaged) in damagedArchives.Index())
        {
            var path = WriteArchive(damaged);
            try
            {
                Assert.That(DatasetReader.Read(path).Sha256, Is.EqualTo(expected), $"case {i}");
            }
            catch (InvalidInputException)
            {
            }
        }
    }

    private string WriteArchive(byte[] bytes) => _folder.Write("reviews.tar.gz", bytes);

    private void AssertRefused(byte[] archive, string message)
    {
        var path = WriteArchive(archive);
        Assert.That(
            () => DatasetReader.Read(path), Throws.TypeOf<InvalidInputException>().With.Message.Contains(message));
    }
}
