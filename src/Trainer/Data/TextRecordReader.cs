using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Reads texts without labels, one at a time: memory does not grow with the input. Stateless and thread-safe; an
/// enumeration belongs to one thread.
/// </summary>
public static class TextRecordReader
{
    /// <summary>The column or field of the text unless another is named.</summary>
    public const string DefaultTextColumn = "text";

    /// <summary>
    /// The records of a file, chosen by its ending: <c>.txt</c>, a text a line, empty lines included; <c>.csv</c> and
    /// <c>.tsv</c> with a header; <c>.jsonl</c>, a JSON object a line.
    /// </summary>
    /// <param name="path">The file, in UTF-8 or with a byte order mark; invalid UTF-8 is read as U+FFFD.</param>
    /// <param name="textColumn">The column or field of the text, compared without regard to case.</param>
    /// <returns>A lazy enumeration; the file is open while it runs.</returns>
    /// <exception cref="InvalidInputException">
    /// The file is missing, its ending unknown or, while enumerating, a record unusable; the message names file and
    /// line.
    /// </exception>
    public static IEnumerable<TextRecord> Read(string path, string textColumn = DefaultTextColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(textColumn);
        return RecordFile.Read(path, [textColumn])
            .Select(record => new TextRecord(record.Text(textColumn), record.Fields));
    }

    /// <summary>The lines of a reader, for instance of standard input, each a text.</summary>
    /// <param name="reader">Is not closed.</param>
    /// <param name="name">What to call the reader in messages.</param>
    /// <exception cref="InvalidInputException">A line is absurdly long.</exception>
    public static IEnumerable<TextRecord> ReadLines(TextReader reader, string name = "standard input")
    {
        ArgumentNullException.ThrowIfNull(reader);
        return PlainTextRecords.Read(reader, name)
            .Select(record => new TextRecord(record.Text(PlainTextRecords.Field), record.Fields));
    }
}
