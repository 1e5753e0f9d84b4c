namespace OnnxSentiment.Cli;

/// <summary>
/// A picture of dots in characters: a Braille character has two columns and four rows of them. Position (0, 0) is at
/// the bottom left. Not thread-safe.
/// </summary>
/// <param name="columns">Characters of a line.</param>
/// <param name="rows">Lines.</param>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const int DotColumns = 2;
    private const int DotRows = 4;

    // Unicode's block of Braille patterns begins with the empty one; a bit for each dot, by row from the top and by
    // column.
    private const char Empty = '\u2800';
    private static readonly byte[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly byte[,] _cells = new byte[rows, columns];

    /// <summary>Dots of a line.</summary>
    internal int Width => columns * DotColumns;

    /// <summary>Dots of a column.</summary>
    internal int Height => rows * DotRows;

    /// <summary>Whether the character at this place, counted from the top left, has a dot.</summary>
    internal bool HasDots(int row, int column) => _cells[row, column] != 0;

    /// <summary>The character at this place, counted from the top left.</summary>
    internal char this[int row, int column] => (char)(Empty | _cells[row, column]);

    /// <summary>Sets one dot; outside of the picture it is left out.</summary>
    internal void Dot(int x, int y)
    {
        var fromTop = Height - 1 - y;
        if (x >= 0 && x < Width && fromTop >= 0 && fromTop < Height)
        {
            _cells[fromTop / DotRows, x / DotColumns] |= Bits[fromTop % DotRows, x % DotColumns];
        }
    }

    /// <summary>Sets the dots between two, both included, each that is nearest to the straight line.</summary>
    /// <param name="from">The first dot.</param>
    /// <param name="to">The last dot.</param>
    /// <param name="every">1 for a whole line; 3 for one of which every third dot is set.</param>
    internal void Line((int X, int Y) from, (int X, int Y) to, int every = 1)
    {
        var length = Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        for (var i = 0; i <= length; i += every)
        {
            var share = length == 0 ? 0 : (double)i / length;
            Dot(from.X + (int)Math.Round(share * (to.X - from.X)), from.Y + (int)Math.Round(share * (to.Y - from.Y)));
        }
    }

    /// <summary>Adds the dots of a picture of the same size.</summary>
    internal void Add(BrailleCanvas other)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                _cells[row, column] |= other._cells[row, column];
            }
        }
    }
}
