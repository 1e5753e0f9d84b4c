using System.Text;
using System.Text.Json;

namespace OnnxSentiment.Core;

/// <summary>A trained model as a folder: weights, configuration and vocabulary. Immutable.</summary>
public sealed class Checkpoint
{
    /// <summary>The file of the weights.</summary>
    public const string WeightsFile = "weights.safetensors";

    /// <summary>The file of the configuration.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>The file of the training's history, for people.</summary>
    public const string HistoryFile = "history.json";

    /// <summary>The picture of the training's history, for people.</summary>
    public const string CurvesFile = "curves.png";

    /// <summary>The file of the vocabulary.</summary>
    public const string VocabularyFile = "vocab.txt";

    /// <summary>Creates a checkpoint in memory.</summary>
    /// <exception cref="InvalidInputException">
    /// A value of the configuration is out of range, or the weights are not those it names, in its shapes.
    /// </exception>
    public Checkpoint(
        CheckpointConfig config, Vocabulary vocabulary, IReadOnlyDictionary<string, SafetensorsTensor> weights)
        : this(config, vocabulary, weights, sha256: null)
    {
    }

    private Checkpoint(
        CheckpointConfig config, Vocabulary vocabulary, IReadOnlyDictionary<string, SafetensorsTensor> weights,
        string? sha256)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(weights);
        Config = config.Validated();
        Vocabulary = vocabulary;
        Weights = CheckedWeights(weights);
        _sha256 = new(() => sha256 ?? CheckpointSum.Of(Write));
    }

    /// <summary>The files that make a checkpoint, in the order of <see cref="Sha256"/>.</summary>
    public static IReadOnlyList<string> Files { get; } = [ConfigFile, VocabularyFile, WeightsFile];

    /// <summary>Architecture, text settings, labels and where the weights come from.</summary>
    public CheckpointConfig Config { get; }

    /// <summary>The words the model knows.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>
    /// The weights by the names of <see cref="WeightNames"/>, all <c>F32</c>, in the order in which a text passes them,
    /// so that equal checkpoints give equal files.
    /// </summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Weights { get; }

    /// <summary>
    /// SHA-256, in lowercase hexadecimal, of the <see cref="Files"/> one after another, as
    /// <c>cat config.json vocab.txt weights.safetensors | sha256sum</c> prints it: as they were loaded, or, of a
    /// checkpoint made in memory, as <see cref="Save"/> writes them.
    /// </summary>
    public string Sha256 => _sha256.Value;

    private readonly Lazy<string> _sha256;

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] OwnFiles = [.. Files, HistoryFile, CurvesFile];

    /// <summary>Whether a folder looks like a checkpoint: it holds all three files.</summary>
    public static bool Exists(string folder) =>
        Files.All(file => File.Exists(Path.Combine(folder, file)));

    /// <summary>
    /// Whether a folder holds a checkpoint's files and nothing else, so that replacing it loses nothing else.
    /// </summary>
    public static bool IsReplaceable(string folder) =>
        Exists(folder)
        && Directory.EnumerateFileSystemEntries(folder).All(entry => OwnFiles.Contains(Path.GetFileName(entry)));

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="InvalidInputException">
    /// A file is missing or damaged, or the files do not fit together.
    /// </exception>
    public static Checkpoint Load(string folder)
    {
        var configPath = Path.Combine(folder, ConfigFile);
        var config = CheckpointJson.Parse(
            ReadText(configPath), CheckpointJson.Default.CheckpointConfig, $"'{configPath}'");
        var vocabulary = ReadText(Path.Combine(folder, VocabularyFile));
        var weights = SafetensorsFile.Read(Path.Combine(folder, WeightsFile));
        try
        {
            return new Checkpoint(
                config, Vocabulary.Parse(vocabulary), weights.Tensors, CheckpointSum.OfFiles(folder, Files));
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"The checkpoint '{folder}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>
    /// Writes the checkpoint under a temporary name and moves it into place, replacing an older checkpoint.
    /// </summary>
    /// <param name="folder">Where to; missing parents are made.</param>
    /// <param name="addFiles">
    /// Writes further files into the folder that it is given, before the move; with <see cref="AtomicFile"/>, so that
    /// they are on the disk by then.
    /// </param>
    /// <exception cref="InvalidInputException">The folder exists and holds something that is no checkpoint.</exception>
    public void Save(string folder, Action<string>? addFiles = null) =>
        AtomicFolder.Write(folder, IsReplaceable, temporary =>
        {
            new SafetensorsFile { Tensors = Weights }.Write(Path.Combine(temporary, WeightsFile));
            WriteText(Path.Combine(temporary, ConfigFile), ConfigText());
            WriteText(Path.Combine(temporary, VocabularyFile), Vocabulary.ToText());
            addFiles?.Invoke(temporary);
        });

    private string ConfigText() => JsonSerializer.Serialize(Config, CheckpointJson.Default.CheckpointConfig) + "\n";

    private void Write(Stream stream)
    {
        stream.Write(StrictUtf8.GetBytes(ConfigText()));
        stream.Write(StrictUtf8.GetBytes(Vocabulary.ToText()));
        new SafetensorsFile { Tensors = Weights }.Write(stream);
    }

    private static void WriteText(string path, string text) =>
        AtomicFile.WriteTo(path, temporary => File.WriteAllText(temporary, text));

    private static string ReadText(string path) =>
        File.Exists(path)
            ? Decode(path, File.ReadAllBytes(path))
            : throw new InvalidInputException(
                $"There is no file '{path}'; a checkpoint is a folder with {ConfigFile}, {WeightsFile} and "
                + $"{VocabularyFile}.");

    // Not File.ReadAllText: that turns other encodings into U+FFFD, and the model would silently miss words.
    private static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            var line = text[..e.Index].Count((byte)'\n') + 1;
            throw new InvalidInputException(
                $"'{path}' has bytes in line {line} that are not UTF-8, but the text of a checkpoint is: "
                + "write the file again as UTF-8.",
                e);
        }
    }

    private Dictionary<string, SafetensorsTensor> CheckedWeights(IReadOnlyDictionary<string, SafetensorsTensor> weights)
    {
        var expected = Config.Model.WeightShapes(Vocabulary.Count, LabelScores.LogitCount(Config.Labels.Count));
        var names = string.Join(", ", expected.Select(e => e.Name));
        foreach (var (name, shape) in expected)
        {
            if (!weights.TryGetValue(name, out var tensor))
            {
                throw new InvalidInputException($"The weight '{name}' is missing; this architecture has {names}.");
            }

            if (tensor.Type != SafetensorsTensor.Float32 || !tensor.Shape.SequenceEqual(shape))
            {
                throw new InvalidInputException(
                    $"The weight '{name}' is {tensor.Type} [{string.Join(", ", tensor.Shape)}], but "
                    + $"{SafetensorsTensor.Float32} [{string.Join(", ", shape)}] was expected.");
            }
        }

        if (weights.Keys.Except(expected.Select(e => e.Name)).FirstOrDefault() is { } unknown)
        {
            throw new InvalidInputException($"The weight '{unknown}' is unknown; this architecture has {names}.");
        }

        return expected.ToDictionary(e => e.Name, e => weights[e.Name], StringComparer.Ordinal);
    }
}
