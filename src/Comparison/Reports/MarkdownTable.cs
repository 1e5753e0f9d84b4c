using System.Text;

namespace OnnxSentiment.Comparison;

/// <summary>A table in Markdown; the first column is text, the others are figures.</summary>
internal static class MarkdownTable
{
    internal static string Format(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        Line(table, header);
        Line(table, [.. header.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows)
        {
            Line(table, row);
        }

        return table.ToString();
    }

    private static void Line(StringBuilder table, IReadOnlyList<string> cells) =>
        table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
