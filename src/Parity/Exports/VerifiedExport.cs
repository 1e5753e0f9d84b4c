using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>What a file has to pass beyond the comparison with its checkpoint.</summary>
public sealed record VerifiedExportOptions
{
    /// <summary>
    /// The checkpoint's graph in single precision, from which a graph of a smaller precision was rewritten: its
    /// tolerances are tight, while those of a smaller precision would let a small defect pass. Required for a smaller
    /// precision, unused otherwise.
    /// </summary>
    public ModelProto? SinglePrecision { get; init; }

    /// <summary>Refuses a smaller file that loses too much accuracy; null where none was asked for.</summary>
    public AccuracyGate? AccuracyGate { get; init; }
}

/// <summary>What was found on the way to a file.</summary>
/// <param name="Parity">How far ONNX Runtime and the reference evaluator were apart.</param>
/// <param name="Accuracy">What the accuracy gate measured; null without one.</param>
/// <param name="Weights">What the file stores of the checkpoint's weights.</param>
public sealed record VerifiedExportReport(ComparisonReport Parity, AccuracyReport? Accuracy, WeightReport Weights)
{
    /// <summary>All that was found as checks, for a <see cref="CheckReport"/>.</summary>
    public IReadOnlyList<CheckResult> ToChecks() =>
    [
        .. Weights.ToChecks(),
        Parity.ToCheck() with { Group = "random inputs" },
        .. Accuracy is null ? [] : new[] { Accuracy.ToCheck() },
    ];
}

/// <summary>
/// Writes a graph so that a file appears only when it has been proven: written under a temporary name, its names,
/// types, shapes and weights checked, run in ONNX Runtime on the CPU and compared with the reference evaluator, and
/// only then moved.
/// </summary>
public static class VerifiedExport
{
    /// <summary>The seed of the random inputs that are compared and stored.</summary>
    public const int Seed = 1;

    private const string ModelEnding = ".onnx";
    private const string NotWritten = "No file was written:";

    /// <summary>
    /// Writes the model and, beside it, <c>test_data_set_0</c> and <c>_1</c> and the <see cref="Verification"/>. The
    /// model comes last, so that a crash leaves no file whose verification is another's.
    /// </summary>
    /// <param name="model">A graph that claims to be the checkpoint's; it reads ids or texts.</param>
    /// <param name="checkpoint">The trained model.</param>
    /// <param name="path">The file to write, in a folder without another model: the data sets' names are fixed.</param>
    /// <param name="options">What else it has to pass; null for nothing.</param>
    /// <param name="cancellation">Ends the comparison between two batches; no file appears.</param>
    /// <exception cref="ArgumentException">
    /// The graph is of a smaller precision, but single precision is missing.
    /// </exception>
    /// <exception cref="InvalidInputException">The graph is not sound, or the path cannot be written to.</exception>
    /// <exception cref="CheckFailedException">
    /// A weight is not where it has to be, ONNX Runtime computes something else, or accuracy is lost; no file was
    /// written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for; no file was written.</exception>
    public static VerifiedExportReport Write(
        ModelProto model, Checkpoint checkpoint, string path, VerifiedExportOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        CheckTarget(path);
        StructureCheck.Check(model).ThrowIfFailed("The exported graph");
        CheckDeclared(model);
        var weights = Passed(WeightCheck.Run(model, checkpoint));
        var proof = FileProof.Of(model, checkpoint);
        var single = CheckSinglePrecision(model, checkpoint, options.SinglePrecision, cancellation);
        VerifiedExportReport? report = null;
        AtomicFile.WriteTo(path, temporary =>
        {
            var bytes = ModelFile.ToBytes(model);
            File.WriteAllBytes(temporary, bytes);
            var parity = Passed(proof.Compare(temporary, cancellation), weights);
            var accuracy = single is null ? null : options.AccuracyGate?.Measure(single, bytes, cancellation);
            report = Passed(new VerifiedExportReport(parity, accuracy, weights));
            cancellation.ThrowIfCancellationRequested();
            var dataSets = proof.DataSets().ToList();
            ExportVerification.Of(bytes, MetadataOf(model), proof.Input, checkpoint, report).Write(FolderOf(path));
            WriteDataSets(dataSets, FolderOf(path));
        });
        return report!;
    }

    private static void CheckDeclared(ModelProto model)
    {
        if (ClassifierDeclarations.FirstProblem(model) is { } problem)
        {
            throw new CheckFailedException($"{NotWritten} {problem}");
        }
    }

    // The data sets lie beside the model under fixed names, as in ONNX's backend tests: a folder has room for one
    // model.
    private static void CheckTarget(string path)
    {
        if (!string.Equals(Path.GetExtension(path), ModelEnding, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidInputException($"'{path}' must end in {ModelEnding}.");
        }

        var folder = FolderOf(path);
        var other = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + ModelEnding)
                .FirstOrDefault(file => Path.GetFileName(file) != Path.GetFileName(path))
            : null;
        if (other is not null)
        {
            throw new InvalidInputException(
                $"'{folder}' already holds {Path.GetFileName(other)}, whose test_data_sets would be replaced: " +
                "export into a folder of its own.");
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static byte[]? CheckSinglePrecision(
        ModelProto model, Checkpoint checkpoint, ModelProto? single, CancellationToken cancellation)
    {
        var precision = PrecisionOf(model);
        if (precision == Precision.Float32)
        {
            return null;
        }

        if (single is null || PrecisionOf(single) != Precision.Float32)
        {
            throw new ArgumentException(
                $"The graph is of {Precisions.NameOf(precision)}, " +
                "which is proven only beside its graph in single precision.",
                nameof(single));
        }

        var weights = Passed(WeightCheck.Run(single, checkpoint));
        var bytes = ModelFile.ToBytes(single);
        using var stream = new MemoryStream(bytes);
        using var loaded = SentimentModel.Load(stream, new SentimentModelOptions { Device = Device.Cpu });
        Passed(TokenProof.Compare(loaded, checkpoint, cancellation), weights);
        return bytes;
    }

    private static Precision PrecisionOf(ModelProto model) => MetadataOf(model).Precision;

    private static ModelMetadata MetadataOf(ModelProto model) => ModelMetadata.FromProperties(
        model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal));

    private static WeightReport Passed(WeightReport report) => report.Passed
        ? report
        : throw new CheckFailedException(
            $"{NotWritten} the exported graph does not hold the checkpoint's weights.\n{report.ToText()}",
            report.ToChecks());

    private static ComparisonReport Passed(ComparisonReport report, WeightReport weights) => report.Passed
        ? report
        : throw new CheckFailedException(
            $"{NotWritten} the exported graph does not compute what the checkpoint does.\n{report.ToText()}",
            new VerifiedExportReport(report, Accuracy: null, weights).ToChecks());

    private static VerifiedExportReport Passed(VerifiedExportReport report) =>
        report.Accuracy is { Verdict: AccuracyVerdict.Refused } accuracy
            ? throw new CheckFailedException($"{NotWritten} {accuracy.ToSentence()}", report.ToChecks())
            : report;

    private static void WriteDataSets(IEnumerable<TestDataSet> dataSets, string folder)
    {
        foreach (var (index, dataSet) in dataSets.Index())
        {
            dataSet.Write(Path.Combine(folder, TestDataSet.FolderName(index)));
        }
    }
}
