using System.Globalization;
using System.Text;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// A page of results in Markdown: on the console as it grows, and in the folder of this machine when it is saved.
/// </summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    /// <param name="title">The heading.</param>
    /// <param name="command">What to run to get this page.</param>
    public Report(string title, string command) =>
        Add($"""
            # {title}

            Written by `{command}`. Read ratios rather than figures: they depend less on the machine and on what else it
            does.

            - Machine: {Machine.Description}
            - Software: {Machine.Software}, {Versions.OnnxRuntime}
            - Date: {DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC
            """);

    /// <summary>The folder of this machine's results, or of a trial.</summary>
    public static string Folder => Directory.CreateDirectory(
        Effort.IsTrial
            ? Path.Combine(Checkout.Artifacts, "trial")
            : Path.Combine(Checkout.Results, Machine.Slug)).FullName;

    /// <summary>A paragraph, list or other block.</summary>
    public void Add(string block)
    {
        _text.AppendLine(block).AppendLine();
        Console.WriteLine(block + Environment.NewLine);
    }

    /// <summary>A table, padded so that it can be read as text too.</summary>
    public void AddTable(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [head, .. rows];
        var widths = Enumerable.Range(0, head.Count).Select(column => Math.Max(3, all.Max(row => row[column].Length)))
            .ToArray();
        var lines = all.Select(row => row.Select((cell, column) => cell.PadRight(widths[column])))
            .Select(cells => $"| {string.Join(" | ", cells)} |").ToList();
        lines.Insert(1, $"|{string.Concat(widths.Select(width => new string('-', width + 2) + "|"))}");
        Add(string.Join('\n', lines));
    }

    public void Save(string name) => File.WriteAllText(Path.Combine(Folder, name), _text.ToString().TrimEnd() + "\n");
}
