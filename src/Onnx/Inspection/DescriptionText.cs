using System.Globalization;
using System.Text;

namespace OnnxSentiment.Onnx;

/// <summary>A model's description as aligned lines.</summary>
internal static class DescriptionText
{
    private const int LabelWidth = 12;
    private const int LongestValue = 100;

    internal static string Format(ModelDescription model, int width)
    {
        var text = new StringBuilder();
        Field(text, "producer", model.Producer.Length > 0 ? model.Producer : "not named");
        var opsets = model.Opsets.Select(opset => $"{opset.Domain} {opset.Version}");
        Field(text, "format", $"IR {model.IrVersion}, opset {string.Join(", ", opsets)}");
        Field(text, "parameters", model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
        if (model.FileLength is { } length)
        {
            Field(text, "size", string.Create(CultureInfo.InvariantCulture, $"{length:N0} bytes"));
        }

        if (model.Description.Length > 0)
        {
            Field(text, "description", model.Description, width);
        }

        Section(text, width, "inputs", model.Inputs.Select(value => (string[])[value.Name, value.Type]));
        Section(text, width, "outputs", model.Outputs.Select(value => (string[])[value.Name, value.Type]));
        Section(text, width, $"nodes ({model.Nodes.Count})", model.Nodes.Select(Cells));
        Section(text, width, "metadata", model.Metadata.Select(entry => (string[])[entry.Key, Cut(entry.Value)]));
        Section(text, width, "not covered", model.Unknowns.Select(unknown => (string[])[unknown]));
        return text.ToString().TrimEnd('\n');
    }

    private static string[] Cells(NodeDescription node) =>
    [
        node.Operator,
        node.Name,
        $"{Names(node.Inputs)} -> {Names(node.Outputs)}",
        string.Join(" ", node.Attributes.Select(Cut)),
    ];

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => name.Length == 0 ? "-" : name));

    private static string Cut(string value) => value.Length <= LongestValue
        ? value
        : string.Create(CultureInfo.InvariantCulture, $"{value[..LongestValue]}… ({value.Length:N0} characters)");

    private static void Field(StringBuilder text, string label, string value, int width = int.MaxValue)
    {
        var lines = WrappedTable.Wrap(Printable(value), Math.Max(LabelWidth, width - LabelWidth - 1));
        foreach (var (index, line) in lines.Index())
        {
            text.Append((index == 0 ? label + ":" : "").PadRight(LabelWidth)).Append(' ').Append(line).Append('\n');
        }
    }

    private static void Section(StringBuilder text, int width, string title, IEnumerable<string[]> rows)
    {
        var cells = rows.Select(row => row.Select(Printable).ToArray()).ToList();
        if (cells.Count == 0)
        {
            return;
        }

        text.Append('\n').Append(title).Append(":\n");
        foreach (var line in WrappedTable.Lines(cells, width))
        {
            text.Append(line).Append('\n');
        }
    }

    // A file from elsewhere may not move the cursor or change the colors of the terminal.
    private static string Printable(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                _ when char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format =>
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
