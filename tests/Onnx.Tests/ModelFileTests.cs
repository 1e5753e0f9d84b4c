using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Onnx.Tests;

public sealed class ModelFileTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("model-file").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Read_Written_SameModel()
    {
        var path = Path.Combine(_folder, "model.onnx");
        ModelFile.Write(Tiny(), path);
        Assert.That(ModelFile.Read(path), Is.EqualTo(Tiny()));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Read_NoFile_SaysSo() => AssertRejected(Path.Combine(_folder, "none.onnx"), "There is no file");

    [Test]
    public void Read_Text_NoOnnxFile() =>
        AssertRejected(WriteBytes("This is a text, no model."u8.ToArray()), "no ONNX file");

    [Test]
    public void Read_Empty_NoOnnxFile() => AssertRejected(WriteBytes([]), "no ONNX file");

    // Wherever the file is cut, the reader throws InvalidInputException or, behind the operator set, returns what is
    // whole; no other exception gets out.
    [Test]
    public void Read_CutOffAnywhere_NeverAnotherException()
    {
        var bytes = ModelFile.ToBytes(Tiny());
        var accepted = 0;
        for (var length = 0; length < bytes.Length; length++)
        {
            using var stream = new MemoryStream(bytes, 0, length);
            try
            {
                ModelFile.Read(stream, "cut");
                accepted++;
            }
            catch (InvalidInputException)
            {
                continue;
            }
        }

        // The six ends between the metadata's entries.
        Assert.That(accepted, Is.EqualTo(6));
    }

    // A hostile file costs an error message, never another exception: reading, checking and describing included.
    [Test]
    public void Read_RandomDamage_CheckedAndDescribedWithoutException([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        var sound = ModelFile.ToBytes(Tiny());
        for (var round = 0; round < 500; round++)
        {
            var bytes = sound.ToArray();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Assert.That(() => CheckAndDescribe(bytes), Throws.Nothing, $"seed {seed}, round {round}");
        }
    }

    [Test]
    public void Read_ModelWithoutGraph_NoOnnxFile() =>
        AssertRejected(WriteBytes(ModelFile.ToBytes(new ModelProto { IrVersion = 8 })), "no graph");

    private static void CheckAndDescribe(byte[] bytes)
    {
        try
        {
            var model = ModelFile.Read(new MemoryStream(bytes), "damaged");
            _ = StructureCheck.Check(model).ToText();
            _ = ModelInspector.Describe(model).ToText();
        }
        catch (InvalidInputException)
        {
            // What a user would see.
        }
    }

    private static ModelProto Tiny() =>
        ClassifierExporter.Export(RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, seed: 17, vocabularySize: 10));

    private static void AssertRejected(string path, string words) =>
        Assert.That(
            () => ModelFile.Read(path),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(words).And.Message.Contains(path));

    private string WriteBytes(byte[] bytes)
    {
        var path = Path.Combine(_folder, "file.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
