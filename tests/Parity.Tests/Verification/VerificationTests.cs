using System.Security.Cryptography;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What lies beside a model, and whether it is about that model.</summary>
public class VerificationTests
{
    private static readonly byte[] Model = [1, 2, 3, 4];

    private string _folder = "";

    private string ModelPath => Path.Combine(_folder, "model.onnx");

    private string RecordPath => Path.Combine(_folder, Verification.FileName);

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("verification-tests-").FullName;
        File.WriteAllBytes(ModelPath, Model);
        Example().Write(_folder);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Write_ThenFind_ReadsTheSame()
    {
        var found = Verification.Find(_folder)!;
        Assert.That(found.Model, Is.EqualTo(Example().Model));
        Assert.That(found.Checkpoint.Sha256, Is.EqualTo(Example().Checkpoint.Sha256));
        Assert.That(found.Checkpoint.Files, Is.EqualTo(Example().Checkpoint.Files));
        Assert.That(found.Versions, Is.EqualTo(Example().Versions));
        Assert.That(found.Weights, Is.EqualTo(Example().Weights));
        Assert.That(found.Comparisons[0].Outputs, Is.EqualTo(Example().Comparisons[0].Outputs));
        Assert.That(found.Accuracy, Is.EqualTo(Example().Accuracy));
    }

    [Test]
    public void Write_Twice_GivesTheSameBytes()
    {
        var first = File.ReadAllBytes(RecordPath);
        Example().Write(_folder);
        Assert.That(File.ReadAllBytes(RecordPath), Is.EqualTo(first));
        Assert.That(first, Has.None.EqualTo((byte)'\r'));
    }

    [Test]
    public void Find_NoFile_IsNull()
    {
        File.Delete(RecordPath);
        Assert.That(Verification.Find(_folder), Is.Null);
    }

    [Test]
    public void Matches_TheModel_IsTrue()
    {
        var found = Verification.Find(_folder)!;
        Assert.That(found.Matches(ModelPath));
        Assert.That(found.Matches(Model));
        Assert.That(() => found.ThrowUnlessMatches(ModelPath), Throws.Nothing);
    }

    [Test]
    public void Matches_OneBitFlipped_IsFalse([Range(0, 31)] int bit)
    {
        var changed = Model.ToArray();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        File.WriteAllBytes(ModelPath, changed);
        var found = Verification.Find(_folder)!;
        Assert.That(found.Matches(ModelPath), Is.False);
        Assert.That(found.Matches(changed), Is.False);
        Assert.That(
            () => found.ThrowUnlessMatches(ModelPath),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains(found.Model.Sha256)
                .And.Message.Contains(Sum(changed)).And.Message.Contains(ModelPath));
    }

    [Test]
    public void Matches_BytesCutOff_IsFalse() =>
        Assert.That(Verification.Find(_folder)!.Matches(Model.AsSpan(0, 3)), Is.False);

    [Test]
    public void ThrowUnlessMatches_NoModel_NamesThePath()
    {
        File.Delete(ModelPath);
        Assert.That(
            () => Verification.Find(_folder)!.ThrowUnlessMatches(ModelPath),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains(ModelPath));
    }

    [TestCase("\"format\": 1", "\"format\": 2", "format 2")]
    [TestCase("\"format\": 1", "\"format\": 2, \"later\": true", "format 2")]
    [TestCase("\"format\": 1", "\"format\": 1, \"later\": true", "later")]
    [TestCase("\"format\": 1,", "", "format")]
    [TestCase("\"bytes\": 4,", "", "bytes")]
    [TestCase("\"bytes\": 4,", "\"bytes\": 4, \"bytes\": 4,", "bytes")]
    [TestCase("\"bytes\": 4,", "\"bytes\": \"4\",", "bytes")]
    [TestCase("\"bytes\": 4,", "\"bytes\": 4, \"origin\": \"me\",", "origin")]
    [TestCase("\"files\": [", "\"files\": null, \"others\": [", "null")]
    [TestCase("\"weights\": {", "\"weight\": {", "weight")]
    [TestCase("9f64a747", "9F64A747", "sha256 of its model")]
    [TestCase("aaaaaaaa", "", "sha256 of its checkpoint")]
    [TestCase("{", "", "damaged")]
    public void Read_DefectiveFile_SaysWhatIsWrong(string text, string replacement, string expected)
    {
        var json = File.ReadAllText(RecordPath);
        Assert.That(json, Does.Contain(text));
        var position = json.IndexOf(text, StringComparison.Ordinal);
        File.WriteAllText(RecordPath, string.Concat(json[..position], replacement, json[(position + text.Length)..]));
        Assert.That(
            () => Verification.Read(RecordPath),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains(expected)
                .And.Message.Contains(RecordPath));
    }

    [Test]
    public void Read_EmptyOrMissingFile_SaysSo()
    {
        File.WriteAllText(RecordPath, "");
        Assert.That(() => Verification.Read(RecordPath), Throws.InstanceOf<InvalidInputException>());
        File.Delete(RecordPath);
        Assert.That(
            () => Verification.Read(RecordPath),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("cannot be read"));
    }

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Verification Example() => new()
    {
        Format = Verification.CurrentFormat,
        Model = new(Sum(Model), Model.Length, "float32", "ids"),
        Checkpoint = new(new string('a', 64), Checkpoint.Files),
        Versions = new("0.1.0", "1.31.1"),
        Weights = new(Tensors: 7, Values: 500, Constants: 3, LargestDifference: 0, Rule: "bit for bit"),
        Comparisons = [new("random ids, seed 1", "ONNX Runtime", "reference", 68, [new("logit", 1.1e-6, 1e-4, 1e-4)])],
        Accuracy = new(Texts: 1000, Float32: 0.92, Model: 0.919, AllowedDrop: 0.2),
    };
}
