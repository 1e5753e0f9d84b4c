using System.Text.Json;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Comparison;

/// <summary>What a comparison came to.</summary>
/// <param name="ReportPath">The report in Markdown; <c>report.json</c> and the pictures lie beside it.</param>
/// <param name="Table">The report's main table for a terminal, its header first, then a row for each variant.</param>
/// <param name="Checks">The parity of each variant and seed, proven when it was exported.</param>
/// <param name="Metrics">What <c>report.json</c> holds.</param>
public sealed record ComparisonResult(
    string ReportPath, IReadOnlyList<string[]> Table, IReadOnlyList<CheckResult> Checks, JsonElement Metrics);
