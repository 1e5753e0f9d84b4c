using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli.Tests;

/// <summary>A folder with a small dataset, a checkpoint of random weights and its export; deleted at the end.</summary>
internal sealed class TinyFiles : IDisposable
{
    internal TinyFiles()
    {
        var corpus = ReviewCorpus.Generate(seed: 5, trainCount: 300, testCount: 60);
        var rows = corpus.Train.Select(t => Row(t, "train")).Concat(corpus.Test.Select(t => Row(t, "test")));
        File.WriteAllLines(Data, rows.Prepend("text,label,split"));
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 31);
        checkpoint.Save(CheckpointFolder);
        CheckpointExport.Write(checkpoint, Model);
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("cli-tests-").FullName;

    internal string Data => In("reviews.csv");

    internal string CheckpointFolder => In("random");

    internal string Model => In("model.onnx");

    /// <summary>Options of a training that takes a second.</summary>
    internal string[] SmallTraining(int epochs) =>
    [
        "--data", Data, "--preset", "quickstart", "--set", $"epochs={epochs}", "--set", "patience=0",
        "--set", "embedding_size=8", "--set", "hidden_size=8", "--set", "threads=1",
    ];

    internal string In(string name) => Path.Combine(Folder, name);

    internal string Write(string name, string contents)
    {
        File.WriteAllText(In(name), contents);
        return In(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Row(LabeledText text, string split) => $"\"{text.Text}\",{text.Label},{split}";
}
