namespace OnnxSentiment.Cli;

/// <summary>Rows of cells as columns of text.</summary>
internal static class AlignedText
{
    /// <summary>The columns of a terminal, and of a page of CI, that tables have to fit.</summary>
    internal const int TerminalWidth = 80;

    private const int Gap = 2;

    /// <summary>
    /// Writes the rows; a column is as wide as its widest cell, save cells that end a row: nothing has to stand behind
    /// them.
    /// </summary>
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

    /// <summary>The columns that rows take.</summary>
    internal static int WidthOf(string[][] table) =>
        table.Max(row => row.Length == 0 ? 0 : row[^1].Length
            + Enumerable.Range(0, row.Length - 1).Sum(column => Width(table, column) + Gap));

    /// <summary>A cell's beginning, with … where something is left out.</summary>
    internal static string Shorten(string cell, int width) =>
        cell.Length <= width ? cell : string.Concat(cell.AsSpan(0, width - 1), "…");

    private static int Width(string[][] table, int column) =>
        table.Where(row => column < row.Length - 1).Select(row => row[column].Length).DefaultIfEmpty().Max();
}
