using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>A small exported model, and what it computes on many inputs.</summary>
internal sealed class MutationSubject : IDisposable
{
    private const int VocabularySize = 40;
    private const int MaximumLength = 12;
    private const int RandomTexts = 150;
    private const int Batch = 32;

    private static readonly SentimentModelOptions OneThread = new() { Device = Device.Cpu, Threads = 1 };

    private readonly IReadOnlyList<string> _texts;
    private readonly IReadOnlyList<TokenBatch> _batches;
    private readonly List<ModelOutputs> _outputs;
    private readonly string[] _labels;

    internal MutationSubject(ModelConfig config, ExportOptions options, int labels, int seed)
    {
        Checkpoint = RandomCheckpoint.Create(config, seed, VocabularySize, MaximumLength, labels);
        (Options, Name) = (options, NameOf(config, options, labels));
        Folder = Directory.CreateTempSubdirectory("mutation-tests-").FullName;
        var path = Path.Combine(Folder, "model.onnx");
        Computations.Export(Checkpoint, path, options);
        Model = ModelFile.Read(path);
        (_batches, _texts) = Inputs(new Random(seed));
        using var model = SentimentModel.Load(path, OneThread);
        (_outputs, _labels) = Run(model);
    }

    internal string Name { get; }

    internal Checkpoint Checkpoint { get; }

    internal ExportOptions Options { get; }

    internal string Folder { get; }

    internal ModelProto Model { get; }

    /// <summary>Every cell in every precision that has it; all directions, readouts and inputs.</summary>
    internal static IEnumerable<MutationSubject> All()
    {
        (string Model, Precision Precision, int Labels, InputKind Input)[] subjects =
        [
            ("Rnn-1x1-Last", Precision.Float32, 2, InputKind.Ids),
            ("RnnRelu-2x1-Max", Precision.Float32, 2, InputKind.Ids),
            ("Gru-1x2-Mean", Precision.Float32, 2, InputKind.Ids),
            ("Gru-2x1-Attention", Precision.Float32, 2, InputKind.Ids),
            ("Lstm-2x1-Last", Precision.Float32, 2, InputKind.Ids),
            ("Lstm-2x2-MaxMean", Precision.Float32, 2, InputKind.Ids),
            ("Lstm-1x1-Attention", Precision.Float32, 3, InputKind.Ids),
            ("Bag", Precision.Float32, 2, InputKind.Ids),
            ("Rnn-2x1-MaxMean", Precision.Fp16, 2, InputKind.Ids),
            ("RnnRelu-1x1-Last", Precision.Fp16, 2, InputKind.Ids),
            ("Gru-2x2-Last", Precision.Fp16, 2, InputKind.Ids),
            ("Gru-1x1-Max", Precision.Fp16, 3, InputKind.Ids),
            ("Lstm-2x1-Attention", Precision.Fp16, 2, InputKind.Ids),
            ("Lstm-1x2-Mean", Precision.Fp16, 2, InputKind.Ids),
            ("Bag", Precision.Fp16, 3, InputKind.Ids),
            ("Lstm-2x1-Last", Precision.Int8, 2, InputKind.Ids),
            ("Lstm-1x1-Max", Precision.Int8, 2, InputKind.Ids),
            ("Lstm-2x2-Mean", Precision.Int8, 2, InputKind.Ids),
            ("Lstm-2x1-Attention", Precision.Int8, 2, InputKind.Ids),
            ("Lstm-1x1-MaxMean", Precision.Int8, 3, InputKind.Ids),
            ("Lstm-2x1-Last", Precision.Float32, 2, InputKind.Text),
            ("Gru-1x1-Mean", Precision.Float32, 3, InputKind.Text),
            ("Bag", Precision.Float32, 2, InputKind.Text),
            ("RnnRelu-1x2-Attention", Precision.Float32, 2, InputKind.Text),
        ];
        return subjects.Select((subject, i) => new MutationSubject(
            Parse(subject.Model), new ExportOptions { Precision = subject.Precision, Input = subject.Input },
            subject.Labels, seed: 700 + i));
    }

    /// <summary>Whether a file gives any input another output, beyond the tolerance; and the largest change.</summary>
    internal (bool Changes, double Largest) Changes(SentimentModel model)
    {
        var (outputs, labels) = Run(model);
        var pairs = outputs.Zip(_outputs).ToList();
        var changes = !labels.SequenceEqual(_labels) || pairs.Any(pair =>
            Differs(pair.First.Logits, pair.Second.Logits, OutputKind.Logit)
            || Differs(pair.First.Probabilities, pair.Second.Probabilities, OutputKind.Probability));
        return (changes, pairs.Max(pair => Differences.Largest(pair.First, pair.Second)));
    }

    internal static SentimentModel Load(string path) => SentimentModel.Load(path, OneThread);

    internal ParityCheck Check(string path) => new(path, Checkpoint, others: null, OneThread);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private bool Differs(double[] actual, double[] expected, OutputKind output)
    {
        var tolerance = Tolerances.For(output, Options.Precision);
        return actual.Length != expected.Length
            || actual.Zip(expected).Any(pair => !tolerance.Accepts(pair.First, pair.Second));
    }

    private (List<ModelOutputs> Outputs, string[] Labels) Run(SentimentModel model)
    {
        if (Options.Input == InputKind.Ids)
        {
            var runner = model.ToRunner();
            return ([.. _batches.Select(runner.Run)], []);
        }

        var predictions = _texts.Chunk(Batch).Select(model.Predict).ToList();
        return (
            [.. predictions.Select(model.OutputsOf)], [.. predictions.SelectMany(part => part.Select(p => p.Label))]);
    }

    // Every word alone and beside others, all lengths, a batch of one, more padding than needed.
    private (List<TokenBatch> Batches, List<string> Texts) Inputs(Random random)
    {
        var words = Checkpoint.Vocabulary.Tokens;
        List<int[]> texts =
        [
            [],
            .. Enumerable.Range(Vocabulary.UnknownId, VocabularySize - Vocabulary.UnknownId)
                .Select(id => (int[])[id]),
            .. Enumerable.Range(0, RandomTexts).Select(_ => Enumerable.Range(0, random.Next(1, MaximumLength))
                .Select(_ => random.Next(Vocabulary.UnknownId, VocabularySize)).ToArray()),
        ];
        var ids = texts.Select(text => (long[])[Vocabulary.StartId, .. text]).ToList();
        return (
            [
                .. ids.Chunk(Batch).Select(chunk => TokenBatch.Pad(chunk)),
                TokenBatch.Pad([ids[^1]]), TokenBatch.Pad([ids[^2], ids[1]], MaximumLength + 3),
            ],
            [
                .. texts.Select(text => string.Join(' ', text.Select(id => words[id]))),
                .. Enumerable.Range(0, RandomTexts).Select(_ => TextInputs.Hostile(random, Checkpoint.Vocabulary)),
            ]);
    }

    private static string NameOf(ModelConfig config, ExportOptions options, int labels) =>
        $"{RandomCheckpoint.NameOf(config)}, {Precisions.NameOf(options.Precision)}, {labels} labels, "
        + options.Input.ToString().ToLowerInvariant();

    private static ModelConfig Parse(string name)
    {
        if (name == "Bag")
        {
            return RandomCheckpoint.Bag();
        }

        var parts = name.Split('-');
        return new ModelConfig
        {
            Cell = parts[0] == "RnnRelu" ? CellKind.Rnn : Enum.Parse<CellKind>(parts[0]),
            Nonlinearity = parts[0] == "RnnRelu" ? RnnNonlinearity.Relu : RnnNonlinearity.Tanh,
            Bidirectional = parts[1][0] == '2',
            Layers = parts[1][2] - '0',
            Readout = Enum.Parse<ReadoutKind>(parts[2]),
            EmbeddingSize = 5,
            HiddenSize = 4,
        };
    }
}
