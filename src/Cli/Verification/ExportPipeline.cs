using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli;

/// <summary>
/// Exports a checkpoint so that a file appears only when it has been proven: written under a temporary name, its names,
/// types and shapes checked, run in ONNX Runtime and compared with the reference evaluator, and only then moved.
/// </summary>
public static class ExportPipeline
{
    /// <summary>The seed of the random ids that are compared and stored.</summary>
    public const int ParitySeed = 1;

    private const string ModelEnding = ".onnx";

    /// <summary>Writes the model and, beside it, <c>test_data_set_0</c> and <c>_1</c>.</summary>
    /// <param name="checkpoint">The trained model.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <param name="lastCheck">Is given the finished file under its temporary name; what it throws keeps the file from appearing.</param>
    /// <param name="cancellation">Ends the comparison between two batches; no file appears.</param>
    /// <returns>How far ONNX Runtime and the reference were apart.</returns>
    /// <exception cref="Core.InvalidInputException">The graph is not sound.</exception>
    /// <exception cref="CheckFailedException">ONNX Runtime computes something else; no file was written.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for; no file was written.</exception>
    public static ComparisonReport Export(
        Checkpoint checkpoint, string path, ExportOptions? options = null, Action<string>? lastCheck = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (options is { Precision: not Precision.Float32 })
        {
            CheckSinglePrecision(checkpoint, options, cancellation);
        }

        return Publish(ClassifierExporter.Export(checkpoint, options), checkpoint, path, lastCheck, cancellation);
    }

    /// <summary>Writes a graph that claims to be the checkpoint's, if it is.</summary>
    internal static ComparisonReport Publish(
        ModelProto model, Checkpoint checkpoint, string path, Action<string>? lastCheck = null, CancellationToken cancellation = default)
    {
        CheckTarget(path);
        StructureCheck.Check(model).ThrowIfFailed("The exported graph");
        var reference = Runners.Reference(checkpoint);
        if (TextInputs.AreReadBy(model))
        {
            return TextExport.Publish(model, checkpoint, reference, path, cancellation);
        }

        var dataSets = TokenDataSet.Create(
            reference, ParitySeed, checkpoint.Vocabulary.Count, checkpoint.Config.Text.MaximumLength);

        ComparisonReport? report = null;
        AtomicFile.WriteTo(path, temporary =>
        {
            File.WriteAllBytes(temporary, ModelFile.ToBytes(model));
            using var written = SentimentModel.Load(temporary, Runners.OnProcessor);
            report = CompareValues(checkpoint, written, reference, cancellation);
            lastCheck?.Invoke(temporary);
            cancellation.ThrowIfCancellationRequested();
            WriteDataSets(dataSets, FolderOf(path));
        });
        return report!;
    }

    // The data sets lie beside the model under fixed names, as in ONNX' backend tests: a folder has room for one model.
    private static void CheckTarget(string path)
    {
        if (!string.Equals(Path.GetExtension(path), ModelEnding, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidInputException($"'{path}' is no name for a model: it has to end in {ModelEnding}.");
        }

        var folder = FolderOf(path);
        var other = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + ModelEnding).FirstOrDefault(file => Path.GetFileName(file) != Path.GetFileName(path))
            : null;
        if (other is not null)
        {
            throw new InvalidInputException(
                $"'{folder}' already holds {Path.GetFileName(other)}, whose test_data_sets would be replaced: export into a folder of its own.");
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    // A smaller precision is rewritten from this graph, and its wide tolerances would let a small defect of it pass.
    private static void CheckSinglePrecision(Checkpoint checkpoint, ExportOptions options, CancellationToken cancellation)
    {
        var single = ClassifierExporter.Export(checkpoint, options with { Precision = Precision.Float32 });
        using var stream = new MemoryStream(ModelFile.ToBytes(single));
        using var model = SentimentModel.Load(stream, Runners.OnProcessor);
        CompareValues(checkpoint, model, Runners.Reference(checkpoint), cancellation);
    }

    private static ComparisonReport CompareValues(
        Checkpoint checkpoint, SentimentModel model, Runner reference, CancellationToken cancellation)
    {
        var inputs = ParityInputs.Create(ParitySeed, checkpoint.Vocabulary.Count, checkpoint.Config.Text.MaximumLength);
        var report = OutputComparer.Compare(
            Runners.OnnxRuntime(model), reference, inputs.Interruptible(cancellation), Precisions.Parse(model.Metadata.Precision));
        return report.Passed
            ? report
            : throw new CheckFailedException($"No file was written: the exported graph does not compute what the checkpoint does.\n{report.ToText()}");
    }

    private static void WriteDataSets(IReadOnlyList<TokenDataSet> dataSets, string folder)
    {
        for (var i = 0; i < dataSets.Count; i++)
        {
            dataSets[i].Write(Path.Combine(folder, TestDataSet.FolderName(i)));
        }
    }
}
