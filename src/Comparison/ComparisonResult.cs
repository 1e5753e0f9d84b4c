namespace OnnxSentiment.Comparison;

/// <summary>What a comparison came to.</summary>
/// <param name="ReportPath">The report in Markdown; <c>report.json</c> and the pictures lie beside it.</param>
/// <param name="Table">The report's main table as text, its header first, then a row for each variant.</param>
public sealed record ComparisonResult(string ReportPath, IReadOnlyList<string[]> Table);
