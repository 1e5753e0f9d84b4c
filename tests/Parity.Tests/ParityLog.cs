using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Measured differences, appended to the file that ONNX_SENTIMENT_PARITY_LOG names: a line for each, with the columns
/// table, row, column, largest difference, tolerance, passed. <c>build/parity-table.sh</c> makes tables of them.
/// </summary>
internal static class ParityLog
{
    internal const string Shapes = "Shapes";
    internal const string Opsets = "Opsets";
    internal const string Labels = "More than two labels";
    internal const string Precisions = "Precisions";
    internal const string ShippedModel = "The shipped model";
    internal const string OtherWay = "Checkpoints written by PyTorch";
    internal const string TorchExport = "torch.onnx.export of the same network";

    /// <summary>What an outside tool reports that finds a file valid and computes nothing.</summary>
    internal const string Valid = "valid";

    // The fixtures run side by side.
    private static readonly Lock Gate = new();

    private const string Variable = "ONNX_SENTIMENT_PARITY_LOG";

    /// <summary>The row of an architecture; its readouts share one, which shows the largest of them.</summary>
    internal static string RowOf(ModelConfig model)
    {
        if (!model.IsRecurrent)
        {
            return "bag of words";
        }

        var cell = model.Cell == CellKind.Rnn
            ? $"RNN {model.Nonlinearity.ToString().ToLowerInvariant()}"
            : model.Cell.ToString().ToUpperInvariant();
        var directions = model.Bidirectional ? "both directions" : "one direction";
        return $"{cell}, {directions}, {model.Layers} layer{(model.Layers > 1 ? "s" : "")}";
    }

    internal static void Record(string table, string row, string column, double largest, double tolerance) =>
        Append(table, row, column, Figure(largest), Figure(tolerance), largest <= tolerance);

    internal static void RecordValid(string table, string row, string column) =>
        Append(table, row, column, Valid, "", passed: true);

    /// <summary>Both outputs of a comparison with the tolerances of a precision, which have a relative part.</summary>
    internal static void RecordPrecision(Precision precision, string column, ComparisonReport report)
    {
        foreach (var output in report.Outputs)
        {
            var tolerance = $"{Figure(output.Tolerance.Absolute)} + {Figure(output.Tolerance.Relative)} of the value";
            Append(
                Precisions, $"{precision}, {output.Output}".ToLowerInvariant(), column,
                Figure(output.LargestAbsolute), tolerance, report.Passed);
        }
    }

    private static string Figure(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);

    private static void Append(string table, string row, string column, string largest, string tolerance, bool passed)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            lock (Gate)
            {
                File.AppendAllText(
                    path, $"{table}\t{row}\t{column}\t{largest}\t{tolerance}\t{(passed ? "yes" : "no")}\n");
            }
        }
    }
}
