namespace OnnxSentiment.Cli;

/// <summary>Rows of cells as columns of text.</summary>
internal static class AlignedText
{
    private const int Gap = 2;

    /// <summary>Writes the rows; every column but the last is as wide as its widest cell.</summary>
    internal static void Write(TextWriter output, IEnumerable<string[]> rows)
    {
        var table = rows.ToArray();
        foreach (var row in table)
        {
            var cells = row.Select((cell, column) =>
                column == row.Length - 1 ? cell : cell.PadRight(Width(table, column) + Gap));
            output.WriteLine(string.Concat(cells));
        }
    }

    private static int Width(string[][] table, int column) =>
        table.Where(row => column < row.Length).Max(row => row[column].Length);
}
