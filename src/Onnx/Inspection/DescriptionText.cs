using System.Globalization;
using System.Text;

namespace OnnxSentiment.Onnx;

/// <summary>A model's description as aligned lines.</summary>
internal static class DescriptionText
{
    private const int LabelWidth = 12;

    internal static string Format(ModelDescription model)
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
            Field(text, "description", model.Description);
        }

        Section(text, "inputs", model.Inputs.Select(value => (string[])[value.Name, value.Type]));
        Section(text, "outputs", model.Outputs.Select(value => (string[])[value.Name, value.Type]));
        Section(text, $"nodes ({model.Nodes.Count})", model.Nodes.Select(Cells));
        Section(text, "metadata", model.Metadata.Select(entry => (string[])[entry.Key, MetadataValue(entry)]));
        Section(text, "not covered", model.Unknowns.Select(unknown => (string[])[unknown]));
        return text.ToString().TrimEnd('\n');
    }

    private static string[] Cells(NodeDescription node) =>
    [
        node.Operator,
        node.Name,
        $"{Names(node.Inputs)} -> {Names(node.Outputs)}",
        string.Join(" ", node.Attributes),
    ];

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => name.Length == 0 ? "-" : name));

    private static string MetadataValue(MetadataDescription entry) =>
        entry.Value.Length == entry.Length
            ? entry.Value
            : string.Create(CultureInfo.InvariantCulture, $"{entry.Value} ({entry.Length:N0} characters)");

    private static void Field(StringBuilder text, string label, string value) =>
        text.Append((label + ":").PadRight(LabelWidth)).Append(' ').Append(Printable(value)).Append('\n');

    private static void Section(StringBuilder text, string title, IEnumerable<string[]> rows)
    {
        var cells = rows.Select(row => row.Select(Printable).ToArray()).ToList();
        if (cells.Count == 0)
        {
            return;
        }

        text.Append('\n').Append(title).Append(":\n");
        var widths = Enumerable.Range(0, cells[0].Length).Select(i => cells.Max(row => row[i].Length)).ToArray();
        foreach (var row in cells)
        {
            var line = string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])));
            text.Append("  ").Append(line.TrimEnd()).Append('\n');
        }
    }

    // A file from elsewhere may not move the cursor or change the colours of whoever looks at it.
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
