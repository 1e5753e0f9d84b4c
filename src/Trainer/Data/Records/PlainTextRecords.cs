using System.Text.Json.Nodes;

namespace OnnxSentiment.Trainer;

/// <summary>A text a line. Empty lines are empty texts, so that results can be laid beside the lines.</summary>
internal static class PlainTextRecords
{
    /// <summary>What the only field is called.</summary>
    public const string Field = "text";

    public static IEnumerable<FieldRecord> Read(TextReader reader, string name) =>
        BoundedLines.Read(reader, name).Select(line =>
            new FieldRecord(line.Place, new JsonObject(FieldRecord.NodeOptions) { [Field] = line.Text }));
}
