using OnnxSentiment.Cli.Tests.Proto;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>export --triton</c>: a model repository, and a description that agrees with the file.</summary>
public class TritonExportTests
{
    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void Create() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void Delete() => _files.Dispose();

    [Test]
    public async Task Export_Triton_WritesTheLayout()
    {
        var result = await ExportAsync("layout", "--name", "imdb", "--model-version", "3");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(
            result.Output,
            Does.Contain("export: passed").And.Contain($"describes it; serve the folder {_files.In("layout")}"));
        var folder = _files.In("layout/imdb");
        Assert.That(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Where(file => !file.Contains("_1", StringComparison.Ordinal)),
            Is.EquivalentTo(
            [
                "config.pbtxt", "labels.txt", "3/model.onnx", "3/verification.json", "3/test_data_set_0/input_0.pb",
                "3/test_data_set_0/output_0.pb",
            ]));
        Assert.That(
            File.ReadAllBytes(_files.In("layout/imdb/3/model.onnx")), Is.EqualTo(File.ReadAllBytes(_files.Model)));
        Assert.That(
            File.ReadAllText(_files.In("layout/imdb/labels.txt")), Is.EqualTo("positive\n"),
            "the label of the one probability");
    }

    [Test]
    public async Task Config_OfAModelOfIds_IsTheFilesSignatureWithoutTheBatch()
    {
        await ExportAsync("ids");
        var config = Config("ids");

        Assert.That(config.Name, Is.EqualTo("sentiment"));
        Assert.That(config.Platform, Is.EqualTo("onnxruntime_onnx"));
        Assert.That(config.MaxBatchSize, Is.EqualTo(256));
        Assert.That(
            config.Input,
            Is.EqualTo([new ModelInput { Name = "input_ids", DataType = DataType.TypeInt64, Dims = { -1 } }]));
        Assert.That(config.Output, Is.EqualTo(new[]
        {
            new ModelOutput { Name = "logit", DataType = DataType.TypeFp32, Dims = { 1 } },
            new ModelOutput
            {
                Name = "probability",
                DataType = DataType.TypeFp32,
                Dims = { 1 },
                LabelFilename = "labels.txt",
            },
        }));
        Assert.That(config.VersionPolicy.Latest.NumVersions, Is.EqualTo(1));
        Assert.That(
            config.DynamicBatching.DefaultQueuePolicy,
            Is.EqualTo(new ModelQueuePolicy
            {
                DefaultTimeoutMicroseconds = 10_000_000,
                AllowTimeoutOverride = true,
                MaxQueueSize = 1_024,
            }));
        Assert.That(config.InstanceGroup, Is.EqualTo([new ModelInstanceGroup { Count = 1 }]));
        AssertAgreesWithTheFile(config, "ids");
    }

    [Test]
    public async Task Config_OfAModelOfTexts_TakesAColumn()
    {
        await ExportAsync("text", "--input", "text");
        var config = Config("text");

        Assert.That(
            config.Input,
            Is.EqualTo(
                [new ModelInput { Name = "text", DataType = DataType.TypeString, Dims = { 1 }, Reshape = new() }]));
        Assert.That(
            config.Output.Single(output => output.Name == "label"),
            Is.EqualTo(
                new ModelOutput { Name = "label", DataType = DataType.TypeString, Dims = { 1 }, Reshape = new() }));
        AssertAgreesWithTheFile(config, "text");
    }

    [Test]
    public async Task Config_OfThreeLabels_HasThreeOutputsAndTheirNames()
    {
        var checkpoint = _files.In("three-labels");
        RandomCheckpoint.Create(
            new Core.ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 31, labels: 3).Save(checkpoint);
        await Tool.RunAsync("export", "--checkpoint", checkpoint, "--triton", _files.In("three"));

        Assert.That(Config("three").Output.Select(output => output.Dims.Single()), Is.EqualTo([3L, 3L]));
        Assert.That(
            File.ReadAllLines(_files.In("three/sentiment/labels.txt")),
            Is.EqualTo(Checkpoint.Load(checkpoint).Config.Labels));
        AssertAgreesWithTheFile(Config("three"), "three");
    }

    [Test]
    public async Task Export_SecondVersion_KeepsAConfigThatSomebodyChanged()
    {
        await ExportAsync("twice");
        var path = _files.In("twice/sentiment/config.pbtxt");
        var again = await ExportAsync("twice", "--model-version", "2");
        Assert.That(again.Output, Does.Contain("describes it"), "the same words");

        await File.AppendAllTextAsync(path, "# two instances\n");
        var third = await ExportAsync("twice", "--model-version", "3");

        Assert.That(third.ExitCode, Is.Zero, third.ToString());
        Assert.That(third.Output, Does.Contain("config.pbtxt was there and is kept; delete it"));
        Assert.That(File.ReadAllText(path), Does.EndWith("# two instances\n"));
        Assert.That(
            Directory.GetDirectories(_files.In("twice/sentiment")).Select(Path.GetFileName),
            Is.EquivalentTo(["1", "2", "3"]));
    }

    [TestCase("colour: 1")]
    [TestCase("max_batch_size: \"many\"")]
    [TestCase("input [ { data_type: TYPE_TEXT } ]")]
    public void Parse_WhatTritonDoesNotKnow_Fails(string text) =>
        Assert.That(() => TextFormat.Parse(text), Throws.TypeOf<AssertionException>(), "the checker checks");

    private Task<Tool.Result> ExportAsync(string repository, params string[] more) =>
        Tool.RunAsync(["export", "--checkpoint", _files.CheckpointFolder, "--triton", _files.In(repository), .. more]);

    private Proto.ModelConfig Config(string repository) =>
        TextFormat.Parse(File.ReadAllText(_files.In($"{repository}/sentiment/config.pbtxt")));

    private static long ValueOf(Onnx.Proto.TensorShapeProto.Types.Dimension dimension) =>
        dimension.HasDimValue ? dimension.DimValue : -1;

    // As Triton compares them: a batch in front of the dims, or of what they are reshaped to, is the file's shape.
    private void AssertAgreesWithTheFile(Proto.ModelConfig config, string repository)
    {
        var graph = ModelFile.Read(_files.In($"{repository}/sentiment/1/model.onnx")).Graph;
        var described = config.Input.Select(input => (input.Name, Dims: input.Reshape?.Shape ?? input.Dims))
            .Concat(config.Output.Select(output => (output.Name, Dims: output.Reshape?.Shape ?? output.Dims)));
        Assert.That(
            described.Select(tensor => $"{tensor.Name} {string.Join(',', tensor.Dims.Prepend(-1))}"),
            Is.EqualTo(graph.Input.Concat(graph.Output).Select(value =>
                $"{value.Name} {string.Join(',', value.Type.TensorType.Shape.Dim.Select(ValueOf))}")));
        Assert.That(
            graph.Input.Concat(graph.Output).Select(value => value.Type.TensorType.Shape.Dim[0].DimParam),
            Has.All.EqualTo(GraphNames.BatchDimension));
    }
}
