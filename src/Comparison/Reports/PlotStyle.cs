using OnnxSentiment.Core;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace OnnxSentiment.Comparison;

/// <summary>How the pictures of a report look: a cell has its color, two directions are dashed.</summary>
internal static class PlotStyle
{
    private const int PanelWidth = 500;
    private const int LegendWidth = 150;
    private const int Height = 420;
    private const float MarkerSize = 7;
    private const float LegendFontSize = 12;
    private const float LegendSymbolWidth = 40; // room for a few dashes

    /// <summary>Saves plots side by side, with the legend, which is the same for all, on the right.</summary>
    internal static void Save(string path, params IReadOnlyList<Plot> plots)
    {
        var figure = new Multiplot();
        figure.RemovePlot(figure.GetPlot(0));
        foreach (var plot in plots)
        {
            plot.HideLegend(); // a scatter with a name shows one by itself
            figure.AddPlot(plot);
        }

        ShowLegend(plots[^1]);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        figure.SavePng(path, Width(plots.Count), Height);
    }

    /// <summary>Saves one plot as wide as two, with the legend on the right.</summary>
    internal static void SaveWide(string path, Plot plot)
    {
        ShowLegend(plot);
        plot.SavePng(path, Width(panels: 2), Height);
    }

    /// <summary>Adds a network's line; what is not finite is no point.</summary>
    internal static void Line(
        this Plot plot, ModelSummary model, IEnumerable<(double X, double Y)> points, bool markers = true)
    {
        var variant = Architectures.All.Single(variant => variant.Name == model.Name);
        var (pattern, marker) = variant.Bidirectional
            ? (LinePattern.Dashed, MarkerShape.OpenCircle)
            : (LinePattern.Solid, MarkerShape.FilledCircle);
        plot.Line(model.Title, ColorOf(variant.Cell), pattern, points, markers ? marker : MarkerShape.None);
    }

    /// <summary>Adds a line.</summary>
    internal static void Line(
        this Plot plot, string title, Color color, LinePattern pattern, IEnumerable<(double X, double Y)> points,
        MarkerShape marker)
    {
        var known = points.Where(point => double.IsFinite(point.Y)).ToList();
        var line = plot.Add.Scatter(
            known.Select(point => point.X).ToArray(), known.Select(point => point.Y).ToArray(), color);
        line.LegendText = title;
        line.LinePattern = pattern;
        line.LineWidth = 2;
        line.MarkerSize = MarkerSize;
        line.MarkerShape = marker;
    }

    /// <summary>The color of a cell.</summary>
    internal static Color ColorOf(CellKind cell) => cell switch
    {
        CellKind.Rnn => Colors.C3,
        CellKind.Lstm => Colors.C0,
        CellKind.Gru => Colors.C2,
        _ => Colors.Gray,
    };

    /// <summary>Ticks at whole numbers alone.</summary>
    internal static NumericAutomatic WholeNumbers() => new() { IntegerTicksOnly = true };

    /// <summary>Ticks for an axis that holds decimal logarithms.</summary>
    internal static NumericAutomatic PowersOfTen() => new()
    {
        IntegerTicksOnly = true,
        LabelFormatter = exponent => $"1e{exponent:0}",
    };

    private static int Width(int panels) => (PanelWidth * panels) + LegendWidth;

    private static void ShowLegend(Plot plot)
    {
        plot.Legend.FontSize = LegendFontSize;
        plot.Legend.SymbolWidth = LegendSymbolWidth;
        plot.ShowLegend(Edge.Right);
    }
}
