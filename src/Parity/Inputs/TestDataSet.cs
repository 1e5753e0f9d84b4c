using System.Globalization;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// Inputs and expected outputs beside a model, in the layout of ONNX's backend tests: a folder <c>test_data_set_N</c> with
/// <c>input_0.pb</c>, <c>output_0.pb</c>, <c>output_1.pb</c>, a tensor each, numbered in the order of the graph's inputs
/// and outputs. Any tool in any language can check the model with them. Immutable.
/// </summary>
/// <param name="Batch">The texts.</param>
/// <param name="Expected">What the model has to return, rounded to single precision.</param>
public sealed partial record TestDataSet(TokenBatch Batch, ModelOutputs Expected)
{
    private const string FolderPrefix = "test_data_set_";
    private const string InputFile = "input_0.pb";
    private const string LogitFile = "output_0.pb";
    private const string ProbabilityFile = "output_1.pb";

    /// <summary>The name of the folder of a data set.</summary>
    public static string FolderName(int index) => string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{index}");

    /// <summary>The data sets that lie beside a model, in the order of their numbers.</summary>
    /// <param name="folder">The model's folder.</param>
    public static IReadOnlyList<string> Find(string folder) =>
        [.. Directory.EnumerateDirectories(folder, FolderPrefix + "*")
            .Select(path => (Path: path, Parsed: int.TryParse(Path.GetFileName(path)[FolderPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var n), Number: n))
            .Where(entry => entry.Parsed).OrderBy(entry => entry.Number).Select(entry => entry.Path)];

    /// <summary>
    /// Two data sets: the first of equal lengths, the second of lengths from 1 to the maximum.
    /// </summary>
    /// <param name="expected">Computes the outputs, usually the reference evaluator.</param>
    /// <param name="seed">Starts the random ids.</param>
    /// <param name="vocabularySize">Ids are below it.</param>
    /// <param name="maximumLength">Ids of the longest text.</param>
    public static IReadOnlyList<TestDataSet> Create(Runner expected, int seed, int vocabularySize, int maximumLength)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var batches = ParityInputs.Create(seed, vocabularySize, maximumLength, randomBatches: 0);
        return [Of(ParityInputs.EqualLengths), Of(ParityInputs.UnequalLengths)];

        TestDataSet Of(string name)
        {
            var batch = batches.Single(candidate => candidate.Name == name).Batch;
            return new(batch, expected.Run(batch).Rounded());
        }
    }

    /// <summary>Writes the folder, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">The folder exists and holds something else.</exception>
    public void Write(string folder) => AtomicFolder.Write(folder, IsReplaceable, temporary =>
    {
        TensorFile.Write(
            Tensors.Int64(GraphNames.InputIds, [Batch.Count, Batch.SequenceLength], Batch.Ids.Span), Path.Combine(temporary, InputFile));
        TensorFile.WriteRows(GraphNames.Logit, Expected.Logits, Expected.Outputs, Path.Combine(temporary, LogitFile));
        TensorFile.WriteRows(GraphNames.Probability, Expected.Probabilities, Expected.Outputs, Path.Combine(temporary, ProbabilityFile));
    });

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidInputException">A file is missing or damaged, or the files do not fit together.</exception>
    public static TestDataSet Read(string folder)
    {
        var batch = ReadBatch(Path.Combine(folder, InputFile));
        var (logits, outputs) = ReadOutput(Path.Combine(folder, LogitFile), GraphNames.Logit, batch.Count);
        var (probabilities, columns) = ReadOutput(Path.Combine(folder, ProbabilityFile), GraphNames.Probability, batch.Count);
        return outputs == columns
            ? new(batch, new(logits, probabilities, outputs))
            : throw new InvalidInputException(
                $"'{folder}' has {outputs} logits and {columns} probabilities for each text, but as many of both were expected.");
    }

    /// <summary>Whether a folder holds a data set and nothing else, so that replacing it loses nothing else.</summary>
    internal static bool IsReplaceable(string folder) =>
        File.Exists(Path.Combine(folder, InputFile))
        && Directory.EnumerateFileSystemEntries(folder).All(entry => TensorFileName().IsMatch(Path.GetFileName(entry)));

    [GeneratedRegex(@"\A(input|output)_[0-9]+\.pb\z")]
    private static partial Regex TensorFileName();

    private static TokenBatch ReadBatch(string path)
    {
        var (shape, ids) = TensorFile.ReadInt64(path, GraphNames.InputIds);
        if (shape is not [> 0, > 0 and var length])
        {
            throw new InvalidInputException(
                $"'{path}' has the shape [{string.Join(", ", shape)}], but [batch, sequence] was expected.");
        }

        var texts = ids.Chunk((int)length).Select(row => row[..(Array.FindLastIndex(row, id => id != Vocabulary.PaddingId) + 1)]);
        try
        {
            return TokenBatch.Pad([.. texts], (int)length);
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException($"'{path}' holds no padded texts: {e.Message}", e);
        }
    }

    private static (double[] Values, int Columns) ReadOutput(string path, string name, int count)
    {
        var (shape, values) = TensorFile.ReadFloats(path, name);
        return shape is [var rows, > 0 and var columns] && rows == count
            ? ([.. values.Select(value => (double)value)], (int)columns)
            : throw new InvalidInputException(
                $"'{path}' has the shape [{string.Join(", ", shape)}], but [{count}, outputs] was expected, a row for each text of {InputFile}.");
    }
}
