using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Compares an exported file with the checkpoint it claims to be: its weights with those that were trained, number by
/// number; and ONNX Runtime against what is stored beside the file, against the reference evaluator and against further
/// computations, within the tolerances of the precision that the file names.
/// </summary>
public sealed class ParityCheck : IDisposable
{
    /// <summary>
    /// A seed of random ids other than <see cref="VerifiedExport.Seed"/>, whose ids are stored beside the file.
    /// </summary>
    public const int DefaultSeed = VerifiedExport.Seed + 1;

    private const int TextsInBatch = 32;

    private readonly SentimentModel _model;
    private readonly Checkpoint _checkpoint;
    private readonly string _modelPath;
    private readonly Runner _onnxRuntime;
    private readonly Runner[] _expected;
    private readonly TextEncoder _encoder;

    /// <summary>Loads the file.</summary>
    /// <param name="modelPath">The exported file.</param>
    /// <param name="checkpoint">What it claims to be.</param>
    /// <param name="others">
    /// Computations of the checkpoint beside the reference evaluator, for instance the framework that trained it; null
    /// for none.
    /// </param>
    /// <param name="options">Where the file runs; null for the CPU, whatever else there is.</param>
    /// <exception cref="InvalidInputException">The file cannot be used.</exception>
    public ParityCheck(
        string modelPath, Checkpoint checkpoint, IReadOnlyList<Runner>? others = null,
        SentimentModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        ArgumentNullException.ThrowIfNull(checkpoint);
        _checkpoint = checkpoint;
        _encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        _modelPath = Path.GetFullPath(modelPath);
        _model = SentimentModel.Load(modelPath, options ?? new SentimentModelOptions { Device = Device.Cpu });
        _onnxRuntime = _model.ToRunner();
        _expected = [new ReferenceEvaluator(checkpoint).ToRunner(), .. others ?? []];
    }

    /// <summary>Where the file runs.</summary>
    public Device Device => _model.Device;

    /// <summary>
    /// Compares the settings and then, where they agree, all weights; and, where the graph is the architecture's, all
    /// values.
    /// </summary>
    /// <param name="seed">Starts the random ids.</param>
    /// <param name="texts">Real texts; may be empty.</param>
    /// <param name="cancellation">Ends the comparison between two batches.</param>
    /// <exception cref="InvalidInputException">A data set beside the file is damaged, or of another model.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public ParityReport Run(int seed, IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (CompareMetadata() is { Count: > 0 } differences)
        {
            return new(differences, []);
        }

        // A graph of which it is not known what it does may do anything, and take the process along.
        var weights = CompareWeights();
        return weights.GraphFailures.Count > 0
            ? new([], []) { Weights = weights }
            : CompareDeclared() is { Count: > 0 } declared
            ? new(declared, [])
            : new([], [
                .. CompareStored(),
                .. CompareRandom(seed, cancellation),
                .. texts.Count > 0 ? CompareTexts(texts, cancellation) : [],
            ])
            { Weights = weights };
    }

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
        return [.. from part in parts where !part.Same select $"The file's {part.Name} and the checkpoint's differ."];
    }

    /// <summary>
    /// Values whose types or shapes the file declares otherwise than ONNX Runtime returns them, a sentence each, at
    /// most one: no number shows that.
    /// </summary>
    public IReadOnlyList<string> CompareDeclared() =>
        ClassifierDeclarations.FirstProblem(ModelFile.Read(_modelPath)) is { } problem ? [problem] : [];

    /// <summary>What the file stores against the checkpoint's weights; see <see cref="WeightCheck"/>.</summary>
    public WeightReport CompareWeights() => WeightCheck.Run(ModelFile.Read(_modelPath), _checkpoint);

    /// <summary>ONNX Runtime against the outputs stored beside the file; see <see cref="StoredDataCheck"/>.</summary>
    public IEnumerable<ComparisonReport> CompareStored() =>
        StoredDataCheck.Run(_model, Path.GetDirectoryName(_modelPath)!);

    /// <summary>
    /// ONNX Runtime against all other computations on seeded random inputs of unequal lengths, ids or texts as the file
    /// reads them; a report for each.
    /// </summary>
    public IEnumerable<ComparisonReport> CompareRandom(int seed, CancellationToken cancellation = default)
    {
        var (text, vocabulary) = (_checkpoint.Config.Text, _checkpoint.Vocabulary);
        return _model.InputKind == InputKind.Text
            ? Compare($"random texts, seed {seed}", TextInputs.Create(seed, text, vocabulary), cancellation)
            : Compare(
                $"random ids, seed {seed}",
                ParityInputs.Create(seed, vocabulary.Count, text.MaximumLength), cancellation);
    }

    /// <summary>ONNX Runtime against all other computations on real texts, a report for each.</summary>
    public IEnumerable<ComparisonReport> CompareTexts(
        IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var inputs = $"{texts.Count:N0} texts";
        NamedTexts[] chunks = [.. texts.Chunk(TextsInBatch)
            .Select((chunk, i) => new NamedTexts($"texts {i * TextsInBatch} and following", chunk))];
        return _model.InputKind == InputKind.Text
            ? Compare(inputs, chunks, cancellation)
            : Compare(inputs, [.. chunks.Select(Encode)], cancellation);
    }

    /// <summary>Frees the memory of the file.</summary>
    public void Dispose() => _model.Dispose();

    private NamedBatch Encode(NamedTexts texts) =>
        new(texts.Name, TokenBatch.Pad([.. texts.Texts.Select(text => _encoder.Encode(text))]));

    private IEnumerable<ComparisonReport> Compare(
        string inputs, IReadOnlyList<NamedTexts> texts, CancellationToken cancellation) =>
        from expected in _expected
        let comparison = new TextComparison(_model, _encoder, _checkpoint.Config.Labels)
        select comparison.Run(expected, texts, cancellation) with { Inputs = inputs };

    private IEnumerable<ComparisonReport> Compare(
        string inputs, IReadOnlyList<NamedBatch> batches, CancellationToken cancellation) =>
        from expected in _expected
        let report = OutputComparer.Compare(
            _onnxRuntime, expected, batches, _model.Metadata.Precision, _model.ComputeMode, cancellation)
        select report with { Inputs = inputs };
}
