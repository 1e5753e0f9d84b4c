namespace OnnxSentiment.Onnx;

/// <summary>Rows of cells as columns that fit a width: cells that are too wide go on in further lines.</summary>
internal static class WrappedTable
{
    private const string Indent = "  ";
    private const string Gap = "  ";
    private const int Narrowest = 8;

    private static readonly char[] PartEnds = ['/', '_', '.', ':', ','];

    internal static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, int width)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        Shrink(widths, width - Indent.Length - (Gap.Length * (widths.Length - 1)));
        return rows.SelectMany(row => Lines(row, widths));
    }

    // The widest column gives first, so that narrow ones stay whole.
    private static void Shrink(int[] widths, int room)
    {
        while (widths.Sum() > room && widths.Max() > Narrowest)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            var next = widths.Where((_, i) => i != widest).DefaultIfEmpty().Max();
            var surplus = widths.Sum() - room;
            widths[widest] -= Math.Max(1, Math.Min(surplus, widths[widest] - Math.Max(next, Narrowest)));
        }
    }

    private static IEnumerable<string> Lines(string[] row, int[] widths)
    {
        var cells = row.Zip(widths, (cell, width) => Wrap(cell, width).ToList()).ToList();
        for (var line = 0; line < cells.Max(cell => cell.Count); line++)
        {
            var parts = cells.Zip(widths, (cell, width) => (line < cell.Count ? cell[line] : "").PadRight(width));
            yield return (Indent + string.Join(Gap, parts)).TrimEnd();
        }
    }

    /// <summary>
    /// A text in lines: cut at a space where there is one, else between the parts of a name, else anywhere.
    /// </summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var space = text.LastIndexOf(' ', width);
            var part = text.LastIndexOfAny(PartEnds, width - 1) + 1;
            var end = space > 0 ? space : part > width / 2 ? part : width;
            yield return text[..end];
            text = text[end..].TrimStart(' ');
        }

        yield return text;
    }
}
