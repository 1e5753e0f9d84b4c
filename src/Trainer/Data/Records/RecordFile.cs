using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>Files of records: the table of their endings.</summary>
internal static class RecordFile
{
    private static readonly IReadOnlyDictionary<string, Format> Formats =
        new Dictionary<string, Format>(StringComparer.OrdinalIgnoreCase)
        {
            [".csv"] = (reader, path, fields) => DelimitedRecords.Read(reader, path, ',', fields),
            [".tsv"] = (reader, path, fields) => DelimitedRecords.Read(reader, path, '\t', fields),
            [".jsonl"] = (reader, path, _) => JsonLinesRecords.Read(reader, path),
            [".txt"] = (reader, path, _) => PlainTextRecords.Read(reader, path),
        };

    private delegate IEnumerable<FieldRecord> Format(
        TextReader reader, string path, IReadOnlyList<string> requiredFields);

    /// <summary>The endings of files whose records have several fields, so that one can be a label.</summary>
    public static IReadOnlyList<string> LabeledEndings { get; } = [".csv", ".tsv", ".jsonl"];

    /// <summary>Whether the records of the file can have labels, judged by its name.</summary>
    public static bool HasLabeledEnding(string path) =>
        LabeledEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The records of a file, lazily.</summary>
    /// <param name="path">The file.</param>
    /// <param name="requiredFields">The columns that a header has to have.</param>
    /// <exception cref="InvalidInputException">The file is missing or its ending unknown, thrown at once.</exception>
    public static IEnumerable<FieldRecord> Read(string path, IReadOnlyList<string> requiredFields)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException(
                $"There is no file '{path}'; one ending in {string.Join(", ", Formats.Keys)} was expected.");
        }

        return Formats.TryGetValue(Path.GetExtension(path), out var format)
            ? Read(path, reader => format(reader, path, requiredFields))
            : throw new InvalidInputException(
                $"The file '{path}' ends in '{Path.GetExtension(path)}', but one of " +
                $"{string.Join(", ", Formats.Keys)} was expected: rename or convert it.");
    }

    private static IEnumerable<FieldRecord> Read(string path, Func<TextReader, IEnumerable<FieldRecord>> read)
    {
        using var reader = new StreamReader(path);
        foreach (var record in read(reader))
        {
            yield return record;
        }
    }
}
