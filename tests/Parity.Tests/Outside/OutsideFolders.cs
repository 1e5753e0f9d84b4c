using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Random models as outside tools read them: a folder each with model.onnx, test_data_set_* and checkpoint/.
/// </summary>
internal sealed class OutsideFolders : IDisposable
{
    private const int Seed = 4000;

    private readonly string _root = Directory.CreateTempSubdirectory("outside-").FullName;

    /// <summary>Every architecture, by its folder.</summary>
    internal IReadOnlyDictionary<string, ModelConfig> WriteShapes() => RandomCheckpoint.AllModels(maximumLayers: 4)
        .ToDictionary(model => Write(RandomCheckpoint.NameOf(model), model, new ExportOptions()));

    /// <summary>Every opset with every operator, by its folder.</summary>
    internal IReadOnlyDictionary<string, int> WriteOpsets(int maximum) =>
        (from opset in OpsetParityTests.All
         where opset <= maximum
         from model in OpsetParityTests.Models
         select (Opset: opset, Model: model)).ToDictionary(
            item =>
                Write(
                    $"opset{item.Opset}-{RandomCheckpoint.NameOf(item.Model)}", item.Model,
                    new ExportOptions { Opset = item.Opset }),
            item => item.Opset);

    /// <summary>
    /// Every cell and readout with more than two labels, by the folder; the value is the number of labels.
    /// </summary>
    internal IReadOnlyDictionary<string, int> WriteLabels() =>
        (from labels in (int[])[3, 10]
         from model in OpsetParityTests.Models
         select (Labels: labels, Model: model)).ToDictionary(
            item =>
                Write(
                    $"{item.Labels}-{RandomCheckpoint.NameOf(item.Model)}", item.Model, new ExportOptions(),
                    item.Labels),
            item => item.Labels);

    /// <summary>One small model.</summary>
    internal string WriteOne(string name) =>
        Write(name, new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, new ExportOptions());

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Write(string name, ModelConfig config, ExportOptions options, int labels = 2)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        var checkpoint = RandomCheckpoint.Create(config, Seed, labels: labels);
        checkpoint.Save(Path.Combine(folder, "checkpoint"));
        ModelFile.Write(ClassifierExporter.Export(checkpoint, options), Path.Combine(folder, "model.onnx"));
        var dataSets = TokenDataSet.Create(
            Computations.Reference(
                checkpoint), Seed, checkpoint.Vocabulary.Count, checkpoint.Config.Text.MaximumLength);
        for (var i = 0; i < dataSets.Count; i++)
        {
            dataSets[i].Write(Path.Combine(folder, TestDataSet.FolderName(i)));
        }

        return folder;
    }
}
