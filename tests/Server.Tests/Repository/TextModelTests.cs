using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Server.Tests;

/// <summary>Models whose graph reads texts.</summary>
[Parallelizable]
public class TextModelTests
{
    private TestRepository _repository = null!;

    [SetUp]
    public void Create() => _repository = new TestRepository();

    [TearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    public async Task Model_ThatReadsTextsItself_IsServedByItsTextsAlone()
    {
        AddTextModel("texts", dataSeed: 4);
        await using var server = await TestServer.StartAsync(_repository);
        using var model = TestRepository.Load(seed: 4);

        var answer = await server.PostAsync(
            "/v2/models/texts/infer",
            """{"inputs":[{"name":"text","datatype":"BYTES","shape":[2],"data":["word3 word9",""]}]}""");
        var ids = await server.PostAsync(
            "/v2/models/texts/infer",
            """{"inputs":[{"name":"input_ids","datatype":"INT64","shape":[1,1],"data":[1]}]}""");

        Assert.That(
            answer.Json.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(x => x.GetSingle()),
            Is.EqualTo(model.Predict(["word3 word9", ""]).Select(prediction => prediction.Logit)).Within(1e-5));
        Assert.That(ids.Status, Is.EqualTo(400));
        Assert.That(ids.Error, Does.EndWith("give 'text'"));
        Assert.That(
            (await server.GetAsync("/v2/models/texts")).Json.GetProperty("inputs").GetRawText(),
            Is.EqualTo("""[{"name":"text","datatype":"BYTES","shape":[-1]}]"""));
        Assert.That((await server.PostAsync("/sentiment", new { text = "word3" })).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Model_ThatReadsTextsItself_ComputesItsTestDataOrIsRefused()
    {
        AddTextModel("other", dataSeed: 5);
        await using var server = await TestServer.StartAsync(_repository);

        var entry = (await server.PostAsync("/v2/repository/index")).Json[0];
        Assert.That(entry.GetProperty("state").GetString(), Is.EqualTo("UNAVAILABLE"));
        Assert.That(entry.GetProperty("reason").GetString(), Does.Contain("test_data_set_0"));
    }

    // The weights are those of seed 4; test data of another seed belongs to another model.
    private void AddTextModel(string name, int dataSeed)
    {
        var options = new ExportOptions { Input = InputKind.Text };
        var model = ClassifierExporter.Export(TestRepository.Checkpoint(seed: 4), options);
        _repository.Add(1, ModelFile.ToBytes(model), name);
        var data = TestRepository.Checkpoint(dataSeed);
        var texts = TextInputs.Create(seed: 1, data.Config.Text, data.Vocabulary);
        var sets = TextDataSet.Create(new ReferenceEvaluator(data).ToRunner(), texts, data);
        sets[0].Write(Path.Combine(_repository.Folder(name: name), TestDataSet.FolderName(0)));
    }
}
