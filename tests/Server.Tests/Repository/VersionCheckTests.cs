using Microsoft.Extensions.Logging.Abstractions;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Server.Tests;

/// <summary>The test data beside a model, whole, wrong and damaged.</summary>
[Parallelizable]
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
        Assert.That(Directory.GetDirectories(Folder.Path), Has.Length.EqualTo(2));
        Run(_model, Folder);
    }

    [Test]
    public void Run_ShippedModel_Passes()
    {
        using var model = SentimentModel.Load(Path.Combine(Checkout.ImdbModel, "model.onnx"));

        Run(model, new VersionFolder(1, Checkout.ImdbModel, ""));
    }

    // The files that a build and a container copy beside the server.
    [Test]
    public void Load_ModelThatComesWithTheServer_IsVerified()
    {
        var options = new ModelsOptions { RequireVerification = true };
        var loader = new VersionLoader(
            options, new BatchingSettings(), TimeProvider.System, NullLoggerFactory.Instance);
        var folder = VersionFolder.Versions(Path.Combine(options.Root, "imdb")).Single();
        var version = loader.Load("imdb", folder);
        Assert.That(version.Proof.IsVerified, version.Proof.Reason);
        version.Retire();
    }

    [Test]
    public void Run_OtherModel_SaysHowFarItIsAndHowManyLabelsDiffer()
    {
        using var other = TestRepository.Load(seed: 5);

        Assert.That(
            () => Run(other, Folder),
            Throws.TypeOf<InvalidInputException>()
                .With.Message.Contains("test_data_set_0")
                .And.Message.Match(@"logit [0-9.]+e[+-]\d.* probability [0-9.]+e[+-]\d.* [1-9]\d* of \d+ labels"));
    }

    [Test]
    public void Run_NoTestData_PassesAsLongAsItGivesNumbers() =>
        Run(_model, new VersionFolder(1, _repository.Root, ""));

    [TestCase("output_1.pb")]
    [TestCase("output_0.pb")]
    public void Run_OneValueChanged_IsFound(string name)
    {
        var bytes = File.ReadAllBytes(DataFile(name));

        // The highest byte of the last value: sign and exponent.
        bytes[^1] ^= 0x01;
        File.WriteAllBytes(DataFile(name), bytes);

        Assert.That(() => Run(_model, Folder), Throws.TypeOf<InvalidInputException>());
    }

    [TestCase("input_0.pb")]
    [TestCase("output_0.pb")]
    [TestCase("output_1.pb")]
    public void Run_FileMissingOrCut_IsRefused(string name)
    {
        File.WriteAllBytes(DataFile(name), File.ReadAllBytes(DataFile(name))[..^3]);
        Assert.That(
            () => Run(_model, Folder),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(name));

        File.Delete(DataFile(name));
        Assert.That(
            () => Run(_model, Folder),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(name));
    }

    private static void Run(SentimentModel model, VersionFolder folder) =>
        VersionCheck.Run(model, folder, hasSum: false);
}
