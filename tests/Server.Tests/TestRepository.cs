using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Parity;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// A model repository in a temporary folder, of small models with seeded random weights; deleted with this.
/// </summary>
internal sealed class TestRepository : IDisposable
{
    public const string Name = "tiny";

    private static readonly Dictionary<(int Seed, int Labels), byte[]> Models = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("server-tests-");

    public string Root => _folder.FullName;

    public static Checkpoint Checkpoint(int seed, int labels = 2) => RandomCheckpoint.Create(
        new ModelConfig { EmbeddingSize = 16, HiddenSize = 12 }, seed, labels: labels);

    /// <summary>The bytes of a model; another seed gives other predictions.</summary>
    public static byte[] Model(int seed, int labels = 2)
    {
        lock (Models)
        {
            return Models.TryGetValue((seed, labels), out var bytes)
                ? bytes
                : Models[(seed, labels)] = ClassifierExporter.Export(Checkpoint(seed, labels)).ToByteArray();
        }
    }

    /// <summary>The library's model of the same weights.</summary>
    public static Runtime.SentimentModel Load(int seed, int labels = 2)
    {
        using var stream = new MemoryStream(Model(seed, labels));
        return Runtime.SentimentModel.Load(stream);
    }

    public string Folder(int version = 1, string name = Name) =>
        Path.Combine(Root, name, version.ToString(CultureInfo.InvariantCulture));

    public string ModelFile(int version = 1, string name = Name) => Path.Combine(Folder(version, name), "model.onnx");

    /// <summary>Adds a version, whole at once.</summary>
    public TestRepository Add(int version = 1, int seed = 4, string name = Name, int labels = 2) =>
        Add(version, Model(seed, labels), name);

    /// <summary>Adds a version, whole at once.</summary>
    public TestRepository Add(int version, byte[] model, string name = Name)
    {
        Directory.CreateDirectory(Folder(version, name));
        File.WriteAllBytes(ModelFile(version, name) + ".part", model);
        File.Move(ModelFile(version, name) + ".part", ModelFile(version, name), overwrite: true);
        return this;
    }

    /// <summary>Puts test data of a seed's model beside a version; both agree only if the seeds do.</summary>
    public TestRepository AddTestData(int version = 1, int seed = 4, string name = Name)
    {
        var checkpoint = Checkpoint(seed);
        var sets = TokenDataSet.Create(
            new ReferenceEvaluator(checkpoint).ToRunner(), seed: 1, checkpoint.Vocabulary.Count, maximumLength: 12);
        for (var i = 0; i < sets.Count; i++)
        {
            sets[i].Write(Path.Combine(Folder(version, name), TestDataSet.FolderName(i)));
        }

        return this;
    }

    /// <summary>Puts a verification of a seed's model beside a version; the sum fits only if the seeds do.</summary>
    public TestRepository AddVerification(int version = 1, int seed = 4, string name = Name)
    {
        var model = Model(seed);
        var verification = new Verification
        {
            Format = Verification.CurrentFormat,
            Model = new(Convert.ToHexStringLower(SHA256.HashData(model)), model.Length, "float32", "ids"),
            Checkpoint = new(Checkpoint(seed).Sha256, Core.Checkpoint.Files),
            Versions = new("0.1.0", "1.31.1"),
            Weights = new(5, 100, 3, 0, "equal"),
            Comparisons = [],
        };
        Directory.CreateDirectory(Folder(version, name));
        verification.Write(Folder(version, name));
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
