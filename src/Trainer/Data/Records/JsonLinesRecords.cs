using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>A JSON object a line (https://jsonlines.org); empty lines are skipped.</summary>
internal static class JsonLinesRecords
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { AllowDuplicateProperties = false };

    /// <exception cref="InvalidInputException">A line is no JSON object; the message names it.</exception>
    public static IEnumerable<FieldRecord> Read(TextReader reader, string name) =>
        BoundedLines.Read(reader, name)
            .Where(line => !string.IsNullOrWhiteSpace(line.Text))
            .Select(line => new FieldRecord(line.Place, Parse(line.Place, line.Text)));

    private static JsonObject Parse(string place, string line)
    {
        try
        {
            return JsonNode.Parse(line, FieldRecord.NodeOptions, DocumentOptions) as JsonObject
                ?? throw new InvalidInputException(
                    $"{place} is JSON, but no object: {{\"text\": \"…\"}} was expected.");
        }
        catch (JsonException e)
        {
            var column = e.BytePositionInLine is { } position ? $" near byte {position + 1}" : "";
            throw new InvalidInputException(
                $"{place} is no valid JSON object{column}: one object a line was expected.", e);
        }
    }
}
