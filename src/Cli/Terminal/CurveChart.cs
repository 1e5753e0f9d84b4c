using Spectre.Console;
using Spectre.Console.Rendering;

namespace OnnxSentiment.Cli;

/// <summary>
/// One figure of a training over its epochs, for train and validation, drawn with Braille characters: train as dots,
/// validation as a line, so that both can be told apart without colors. The best epoch is marked on the axis.
/// </summary>
/// <param name="title">What the figure is.</param>
/// <param name="train">A value an epoch, at least one.</param>
/// <param name="validation">As many.</param>
/// <param name="bestEpoch">The one to mark, from 1.</param>
internal sealed class CurveChart(
    string title, IReadOnlyList<double> train, IReadOnlyList<double> validation, int bestEpoch) : Renderable
{
    /// <summary>Lines of the chart, title and axis included.</summary>
    internal const int Height = Rows + 3;

    /// <summary>The mark of the best epoch.</summary>
    internal const string BestMark = "▲";

    private const int Rows = 6;
    private const int LabelWidth = 5;  // "0.449"
    private const int AxisWidth = 1;
    private const int MinimumColumns = 10;
    private const int MaximumColumns = 60;
    private const int DotsApart = 3;

    internal static readonly Style TrainStyle = new(Color.DodgerBlue1);
    internal static readonly Style ValidationStyle = new(Color.Orange1);

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        const int Frame = LabelWidth + AxisWidth;
        var widest = Math.Min(maxWidth, Frame + MaximumColumns);
        return new Measurement(Math.Min(widest, Frame + MinimumColumns), widest);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var columns = Math.Clamp(maxWidth - LabelWidth - AxisWidth, 1, MaximumColumns);
        var (low, high) = Range();
        var lower = Draw(train, columns, low, high, DotsApart);
        var upper = Draw(validation, columns, low, high, every: 1);
        IEnumerable<Segment> lines = [new Segment(title, new Style(decoration: Decoration.Bold)), Segment.LineBreak];
        for (var row = 0; row < Rows; row++)
        {
            var label = row == 0 ? Figures.Share(high) : row == Rows - 1 ? Figures.Share(low) : "";
            var axis = new Segment(label.PadLeft(LabelWidth) + (label.Length > 0 ? '┤' : '│'));
            lines = [.. lines, axis, .. Cells(lower, upper, row, columns), Segment.LineBreak];
        }

        var indent = new string(' ', LabelWidth);
        return
        [
            .. lines,
            new Segment(indent + Axis(columns)), Segment.LineBreak,
            new Segment(indent + Epochs(columns)), Segment.LineBreak,
        ];
    }

    // Where both meet, the character has the dots of both and the color of validation.
    private static IEnumerable<Segment> Cells(BrailleCanvas lower, BrailleCanvas upper, int row, int columns)
    {
        var both = new BrailleCanvas(columns, Rows);
        both.Add(lower);
        both.Add(upper);
        return Enumerable.Range(0, columns).Select(column => new Segment(
            both.HasDots(row, column) ? both[row, column].ToString() : " ",
            upper.HasDots(row, column) ? ValidationStyle : TrainStyle));
    }

    private BrailleCanvas Draw(IReadOnlyList<double> values, int columns, double low, double high, int every)
    {
        var canvas = new BrailleCanvas(columns, Rows);
        var points = values.Select((value, i) => (
            X: PositionOf(i, canvas.Width),
            Y: (int)Math.Round((value - low) / (high - low) * (canvas.Height - 1)))).ToList();
        foreach (var (from, to) in points.Zip(points.Skip(1).DefaultIfEmpty(points[0])))
        {
            canvas.Line(from, to, every);
        }

        return canvas;
    }

    private (double Low, double High) Range()
    {
        var (low, high) = (train.Concat(validation).Min(), train.Concat(validation).Max());
        return high - low >= 1e-3 ? (low, high) : (low - 1e-3, high + 1e-3);
    }

    // The first epoch at the left, the last one at the right.
    private int PositionOf(int epoch, int width) =>
        train.Count == 1 ? 0 : (int)Math.Round((double)epoch / (train.Count - 1) * (width - 1));

    private string Axis(int columns)
    {
        var best = PositionOf(bestEpoch - 1, columns);
        return $"└{new string('─', best)}{BestMark}{new string('─', columns - 1 - best)}";
    }

    private string Epochs(int columns) => " 1" + (train.Count == 1 ? "" : $"{train.Count}".PadLeft(columns - 1));
}
