using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

public sealed class TokenDataSetTests
{
    private const int Seed = 8;

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("data-set").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Read_Written_SameTextsAndOutputs()
    {
        foreach (var (written, index) in Create().Select((set, index) => (set, index)))
        {
            var folder = Path.Combine(_folder, TestDataSet.FolderName(index));
            written.Write(folder);
            var read = TokenDataSet.Read(folder);
            Assert.That(read.Batch.Ids.ToArray(), Is.EqualTo(written.Batch.Ids.ToArray()));
            Assert.That(read.Batch.Lengths.ToArray(), Is.EqualTo(written.Batch.Lengths.ToArray()));
            Assert.That(read.Expected.Logits, Is.EqualTo(written.Expected.Logits));
            Assert.That(read.Expected.Probabilities, Is.EqualTo(written.Expected.Probabilities));
        }

        Assert.That(
            TestDataSet.Find(_folder).Select(Path.GetFileName),
            Is.EqualTo((string[])["test_data_set_0", "test_data_set_1"]));
    }

    [Test]
    public void Create_TwoSets_EqualThenUnequalLengths()
    {
        var sets = Create();
        Assert.That(sets[0].Batch.Lengths.ToArray().Distinct().Count(), Is.EqualTo(1));
        Assert.That(sets[1].Batch.Lengths.ToArray(), Has.Member(1).And.Member(12));
    }

    [Test]
    public void Write_TensorNames_ThoseOfTheGraph()
    {
        var folder = Write();
        Assert.That(
            ((string[])["input_0.pb", "output_0.pb", "output_1.pb"]).Select(file => Tensor(folder, file).Name),
            Is.EqualTo((string[])["input_ids", "logit", "probability"]));
        Assert.That(Tensor(folder, "output_1.pb").Dims, Is.EqualTo((long[])[7, 1]));
    }

    [Test]
    public void Read_ManyLabels_ARowForEachText()
    {
        var written = Create(labels: 3)[1];
        var folder = Path.Combine(_folder, TestDataSet.FolderName(0));
        written.Write(folder);
        Assert.That(Tensor(folder, "output_0.pb").Dims, Is.EqualTo((long[])[7, 3]));
        var read = TokenDataSet.Read(folder);
        Assert.That(read.Expected.LogitCount, Is.EqualTo(3));
        Assert.That(read.Expected.Probabilities, Is.EqualTo(written.Expected.Probabilities));
        Assert.That(read.Expected.Probabilities.Chunk(3).Select(row => row.Sum()), Is.All.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void Read_OutputsOfUnequalWidth_SaysBoth()
    {
        var folder = Write();
        Change(folder, "output_1.pb", tensor =>
        {
            tensor.Dims[1] = 2;
            tensor.RawData = ByteString.CopyFrom([.. tensor.RawData.Span, .. tensor.RawData.Span]);
        });
        AssertRejected(folder, "1 logits and 2 probabilities for each text");
    }

    [Test]
    public void Read_FileMissing_SaysWhich()
    {
        var folder = Write();
        File.Delete(Path.Combine(folder, "output_1.pb"));
        AssertRejected(folder, "output_1.pb");
    }

    [Test]
    public void Read_FileCutOff_SaysWhich()
    {
        var folder = Write();
        var path = Path.Combine(folder, "input_0.pb");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);
        AssertRejected(folder, "cut off");
    }

    [Test]
    public void Read_OutputsSwapped_SaysNames()
    {
        var folder = Write();
        File.Copy(Path.Combine(folder, "output_1.pb"), Path.Combine(folder, "output_0.pb"), overwrite: true);
        AssertRejected(folder, "'logit'");
    }

    [Test]
    public void Read_OutputOfOtherShape_SaysShapes()
    {
        var folder = Write();
        Change(folder, "output_0.pb", tensor => (tensor.Dims[0], tensor.Dims[1]) = (1, 7));
        AssertRejected(folder, "[1, 7], but [7, outputs]");
    }

    [Test]
    public void Read_BytesMissing_SaysHowMany()
    {
        var folder = Write();
        Change(folder, "output_0.pb", tensor => tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..^4]));
        AssertRejected(folder, "24 bytes");
    }

    [Test]
    public void Read_PaddingWithinText_Rejected()
    {
        var folder = Write();
        Change(
            folder, "input_0.pb",
            tensor => tensor.RawData = ByteString.CopyFrom([.. new byte[8], .. tensor.RawData.Span[8..]]));
        AssertRejected(folder, "no padded texts");
    }

    [Test]
    public void Write_FolderOfSomethingElse_Refuses()
    {
        File.WriteAllText(Path.Combine(_folder, "diary.txt"), "private");
        Assert.Throws<InvalidInputException>(() => Create()[0].Write(_folder));
        Assert.That(File.Exists(Path.Combine(_folder, "diary.txt")));
    }

    [TestCase("diary.txt")]
    [TestCase("my_output_0.pb")]
    [TestCase("output_0.pb.old")]
    public void Write_DataSetWithAnothersFile_RefusesAndKeepsIt(string file)
    {
        var folder = Write();
        File.WriteAllText(Path.Combine(folder, file), "private");
        Assert.That(
            () =>
                Create()[0].Write(folder), Throws.InstanceOf<InvalidInputException>().With.Message.Contains(
                    "holds other files"));
        Assert.That(
            () => new TextDataSet(["text"], ["positive"], new([1], [0.5], 1)).Write(folder),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("holds other files"));
        Assert.That(File.ReadAllText(Path.Combine(folder, file)), Is.EqualTo("private"));
    }

    // Another version, or the text form, may have had more of them.
    [Test]
    public void Write_DataSetWithMoreOutputs_IsReplaced()
    {
        var folder = Write();
        File.WriteAllText(Path.Combine(folder, "output_2.pb"), "");
        Create()[0].Write(folder);
        Assert.That(
            Directory.GetFiles(folder).Select(Path.GetFileName),
            Is.EquivalentTo((string[])["input_0.pb", "output_0.pb", "output_1.pb"]));
    }

    private static IReadOnlyList<TokenDataSet> Create(int labels = 2)
    {
        var checkpoint = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, Seed, labels: labels);
        return TokenDataSet.Create(new ReferenceEvaluator(checkpoint).ToRunner(), Seed, 50, 12);
    }

    private static TensorProto Tensor(string folder, string file) =>
        TensorProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, file)));

    private static void Change(string folder, string file, Action<TensorProto> change)
    {
        var tensor = Tensor(folder, file);
        change(tensor);
        File.WriteAllBytes(Path.Combine(folder, file), tensor.ToByteArray());
    }

    private static void AssertRejected(string folder, string words) =>
        Assert.That(
            Assert.Throws<InvalidInputException>(() => TokenDataSet.Read(folder))!.Message, Does.Contain(words));

    private string Write()
    {
        var folder = Path.Combine(_folder, TestDataSet.FolderName(0));
        Create()[1].Write(folder);
        return folder;
    }
}
