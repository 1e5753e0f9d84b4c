using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Server.Tests;

/// <summary>The test data beside a model, whole, wrong and damaged.</summary>
public class VersionCheckTests
{
    private TestRepository _repository = null!;
    private SentimentModel _model = null!;

    [SetUp]
    public void Create()
    {
        _repository = new TestRepository().Add(seed: 4).AddTestData(seed: 4);
        _model = TestRepository.Load(seed: 4);
    }

    [TearDown]
    public void Delete()
    {
        _model.Dispose();
        _repository.Dispose();
    }

    private VersionFolder Folder =>
        VersionFolder.Versions(Path.Combine(_repository.Root, TestRepository.Name)).Single();

    private string DataFile(string name) => Path.Combine(_repository.Folder(), "test_data_set_0", name);

    [Test]
    public void Run_OwnTestData_Passes()
    {
        Assert.That(Folder.TestData, Has.Count.EqualTo(2));
        VersionCheck.Run(_model, Folder, allowTf32: false);
    }

    [Test]
    public void Run_ShippedModel_Passes()
    {
        using var model = SentimentModel.Load(Path.Combine(Checkout.ImdbModel, "model.onnx"));

        VersionCheck.Run(model, new VersionFolder(1, Checkout.ImdbModel, ""), allowTf32: false);
    }

    [Test]
    public void Run_OtherModel_SaysWhichValueDiffers()
    {
        using var other = TestRepository.Load(seed: 5);

        Assert.That(
            () => VersionCheck.Run(other, Folder, allowTf32: false),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(
                "does not compute what lies beside it: value 0 of"));
    }

    [TestCase("output_1.pb")]
    [TestCase("output_0.pb")]
    public void Run_OneValueChanged_IsFound(string name)
    {
        var bytes = File.ReadAllBytes(DataFile(name));

        // The highest byte of the last value: sign and exponent.
        bytes[^1] ^= 0x01;
        File.WriteAllBytes(DataFile(name), bytes);

        Assert.That(() => VersionCheck.Run(_model, Folder, allowTf32: false), Throws.TypeOf<InvalidInputException>());
    }

    [TestCase("input_0.pb")]
    [TestCase("output_0.pb")]
    [TestCase("output_1.pb")]
    public void Run_FileMissingCutOrOfAnotherTensor_IsRefused(string name)
    {
        var bytes = File.ReadAllBytes(DataFile(name));
        foreach (var cut in new[] { 1, 3, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(DataFile(name), bytes[..cut]);
            Assert.That(() => VersionCheck.Run(_model, Folder, allowTf32: false),
                Throws.TypeOf<InvalidInputException>(), $"cut to {cut} bytes");
        }

        File.Copy(DataFile(name == "input_0.pb" ? "output_0.pb" : "input_0.pb"), DataFile(name), overwrite: true);
        Assert.That(
            () => VersionCheck.Run(_model, Folder, allowTf32: false),
            Throws.TypeOf<InvalidInputException>()
                .With.Message.Contains("holds another tensor").Or.Message.Contains("no whole tensor"));
        File.Delete(DataFile(name));
        Assert.That(() => VersionCheck.Run(_model, Folder, allowTf32: false),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(name));
    }

    [Test]
    public void Run_IdsBeyondTheVocabulary_AreNoInputOfTheModel()
    {
        using var small = SentimentModel.Load(new MemoryStream(ModelFile.ToBytes(OnnxExporter.ClassifierExporter.Export(
            RandomCheckpoint.Create(new() { EmbeddingSize = 4, HiddenSize = 3 }, seed: 1, vocabularySize: 5)))));

        Assert.That(() => VersionCheck.Run(small, Folder, allowTf32: false),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("no input of this model"));
    }

    [TestCase(DeviceKind.Cpu, false, ExpectedResult = ComputeMode.Cpu)]
    [TestCase(DeviceKind.Cpu, true, ExpectedResult = ComputeMode.Cpu)]
    [TestCase(DeviceKind.Cuda, false, ExpectedResult = ComputeMode.Cuda)]
    [TestCase(DeviceKind.Cuda, true, ExpectedResult = ComputeMode.CudaTf32)]
    public ComputeMode ArithmeticOf_ADevice_IsWhatItsTolerancesAreFor(DeviceKind device, bool allowTf32) =>
        VersionCheck.ArithmeticOf(device, allowTf32);
}
