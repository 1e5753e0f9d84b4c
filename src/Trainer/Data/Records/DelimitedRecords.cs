using System.Text.Json.Nodes;
using CsvHelper;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Files of columns with a header (RFC 4180, whatever the delimiter): fields in quotes may hold line breaks.
/// </summary>
internal static class DelimitedRecords
{
    /// <exception cref="InvalidInputException">
    /// The header is missing, lacks a required column or has one twice, or a record is unusable; the message names the
    /// line.
    /// </exception>
    public static IEnumerable<FieldRecord> Read(
        TextReader reader, string name, char delimiter, IReadOnlyList<string> requiredColumns)
    {
        // Other malformed quotes are quotes in the text: many files of texts are written so.
        CsvMalformedRecord? unclosed = null;
        using var csv = CsvReader.Create(
            reader,
            OptionsOf(delimiter, record =>
                unclosed = record.Reason == CsvMalformedReason.UnterminatedQuote ? record : unclosed),
            leaveOpen: true);
        var header = ReadHeader(csv, name, requiredColumns);
        while (Advance(csv, name))
        {
            if (unclosed is { } record)
            {
                throw new InvalidInputException(
                    $"'{name}', line {record.LineNumber}: a quote opens a field and is never closed: close it, or " +
                    $"write a quote that belongs to the text twice.");
            }

            var place = $"'{name}', line {csv.LineNumber}";
            yield return new FieldRecord(place, ToFields(csv, header, place));
        }
    }

    private static CsvReaderOptions OptionsOf(char delimiter, Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = delimiter,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MaxRecordSize = BoundedLines.MaximumLength,
        OnMalformedRecord = onMalformed,
    };

    private static string[] ReadHeader(CsvReader csv, string name, IReadOnlyList<string> requiredColumns)
    {
        var header = Guard(name, () => csv.Headers.Select(column => column.Trim()).ToArray());
        if (header.Length == 0)
        {
            throw new InvalidInputException(
                $"'{name}' is empty, but a header with {Quoted(requiredColumns)} was expected.");
        }

        if (requiredColumns.Except(header, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } missing)
        {
            throw new InvalidInputException(
                $"'{name}', line 1: there is no column '{missing}' in the header (found: {Quoted(header)}): rename " +
                $"a column or name the one to use.");
        }

        if (header.GroupBy(column => column, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InvalidInputException(
                $"'{name}', line 1: the column '{twice.Key}' is there twice, but every column needs a name of its " +
                $"own.");
        }

        return header;
    }

    private static bool Advance(CsvReader csv, string name) => Guard(name, csv.Read);

    private static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw new InvalidInputException(
                $"'{name}' cannot be read ({e.Message.TrimEnd('.')}): is a quote never closed?", e);
        }
    }

    private static JsonObject ToFields(CsvReader csv, string[] header, string place)
    {
        if (csv.FieldCount != header.Length)
        {
            throw new InvalidInputException(
                $"{place} has {csv.FieldCount} fields, but {header.Length} were expected, as the header has them: " +
                $"put a text with delimiters or line breaks in quotes.");
        }

        var fields = new JsonObject(FieldRecord.NodeOptions);
        for (var i = 0; i < header.Length; i++)
        {
            fields.Add(header[i], csv.GetString(i));
        }

        return fields;
    }

    private static string Quoted(IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => $"'{column}'"));
}
