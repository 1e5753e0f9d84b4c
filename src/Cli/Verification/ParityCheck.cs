using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>
/// Compares an exported file with the checkpoint it claims to be: ONNX Runtime against what is stored beside the file,
/// against the reference evaluator and against TorchSharp, within the tolerances of the precision that the file names.
/// </summary>
public sealed class ParityCheck : IDisposable
{
    private const int ReviewsInBatch = 32;

    private readonly SentimentModel _model;
    private readonly TrainedModel _trained;
    private readonly Checkpoint _checkpoint;
    private readonly string _modelFolder;
    private readonly Runner _onnxRuntime;
    private readonly Runner[] _expected;
    private readonly Precision _precision;
    private readonly ComputeMode _arithmetic;
    private readonly CancellationToken _cancellation;

    /// <summary>Loads both sides.</summary>
    /// <exception cref="Core.InvalidInputException">The file or the checkpoint cannot be used.</exception>
    /// <param name="modelPath">The exported file.</param>
    /// <param name="checkpoint">What it claims to be.</param>
    /// <param name="cancellation">Ends a comparison between two batches.</param>
    /// <param name="options">Where the file runs; null for the processor, whatever else there is.</param>
    public ParityCheck(
        string modelPath, Checkpoint checkpoint, CancellationToken cancellation = default, SentimentModelOptions? options = null)
    {
        _cancellation = cancellation;
        _checkpoint = checkpoint;
        _modelFolder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        options ??= Runners.OnProcessor;
        _model = SentimentModel.Load(modelPath, options);
        _arithmetic = _model.Device.Kind != DeviceKind.Cuda ? ComputeMode.Cpu
            : options.AllowTf32 ? ComputeMode.CudaTf32
            : ComputeMode.Cuda;
        _trained = TrainedModel.Load(checkpoint);
        _precision = Precisions.Parse(_model.Metadata.Precision);
        _onnxRuntime = Runners.OnnxRuntime(_model);
        _expected = [Runners.Reference(checkpoint), Runners.TorchSharp(_trained)];
    }

    /// <summary>Where the file runs.</summary>
    public Device Device => _model.Device;

    /// <summary>
    /// Settings in which the file's metadata and the checkpoint differ, a sentence each: with equal ids but another
    /// vocabulary the numbers agree and the predictions do not.
    /// </summary>
    public IReadOnlyList<string> CompareMetadata()
    {
        var (file, config) = (_model.Metadata, _checkpoint.Config);
        (string Name, bool Same)[] parts =
        [
            ("architecture", file.Model == config.Model),
            ("text settings", file.Text == config.Text),
            ("labels", file.Labels.SequenceEqual(config.Labels)),
            ("vocabulary", file.Vocabulary.Tokens.SequenceEqual(_checkpoint.Vocabulary.Tokens)),
        ];
        return [.. parts.Where(part => !part.Same).Select(part => $"The file's {part.Name} and the checkpoint's differ.")];
    }

    /// <summary>ONNX Runtime against the outputs stored beside the file; a report for each data set found.</summary>
    public IEnumerable<(string Inputs, ComparisonReport Report)> CompareStored() =>
        StoredDataCheck.Run(_model, _modelFolder, _arithmetic).Select(report => (report.Inputs, report));

    /// <summary>ONNX Runtime against both other computations on seeded random ids of unequal lengths.</summary>
    public IEnumerable<(string Inputs, ComparisonReport Report)> CompareRandom(int seed) =>
        Compare(
            $"random ids, seed {seed}",
            ParityInputs.Create(seed, _checkpoint.Vocabulary.Count, _checkpoint.Config.Text.MaximumLength));

    /// <summary>ONNX Runtime against both other computations on real texts.</summary>
    public IEnumerable<(string Inputs, ComparisonReport Report)> CompareTexts(IReadOnlyList<string> texts)
    {
        var encoder = new TextEncoder(_checkpoint.Config.Text, _checkpoint.Vocabulary);
        var batches = texts.Select(text => encoder.Encode(text)).Chunk(ReviewsInBatch)
            .Select((chunk, i) => new NamedBatch($"texts {i * ReviewsInBatch} and following", TokenBatch.Pad(chunk)));
        return Compare($"{texts.Count:N0} texts", [.. batches]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _trained.Dispose();
    }

    private IEnumerable<(string Inputs, ComparisonReport Report)> Compare(string inputs, IReadOnlyList<NamedBatch> batches) =>
        _expected.Select(expected => (inputs, OutputComparer.Compare(_onnxRuntime, expected, batches.Interruptible(_cancellation), _precision, _arithmetic)));
}
