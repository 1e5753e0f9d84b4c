using System.Text.Json;
using OnnxSentiment.Core;

namespace OnnxSentiment.Comparison;

/// <summary>Writes a comparison's report: text, data and pictures.</summary>
internal static class ReportFolder
{
    internal const string MarkdownFile = "report.md";
    internal const string DataFile = "report.json";
    internal const string CurvesFile = "curves.png";
    internal const string GradientsFile = "gradients.png";
    internal const string LengthsFile = "lengths.png";
    internal const string MinimalPairsFile = "complaints.png";

    /// <summary>Writes all files that the summary has something for, the text last.</summary>
    internal static void Write(string folder, ComparisonSummary summary)
    {
        AtomicFile.Write(
            Path.Combine(folder, DataFile),
            stream => JsonSerializer.Serialize(stream, summary, ReportJson.Default.ComparisonSummary));
        CurvesPicture.Save(summary, Path.Combine(folder, CurvesFile));
        LengthsPicture.Save(summary, Path.Combine(folder, LengthsFile));
        if (HasGradients(summary))
        {
            GradientsPicture.Save(summary, Path.Combine(folder, GradientsFile));
        }

        if (HasMinimalPairs(summary))
        {
            MinimalPairsPicture.Save(summary, Path.Combine(folder, MinimalPairsFile));
        }

        AtomicFile.WriteTo(
            Path.Combine(folder, MarkdownFile),
            temporary => File.WriteAllText(temporary, MarkdownReport.Format(summary)));
    }

    /// <summary>What <see cref="DataFile"/> holds.</summary>
    internal static JsonElement ToJson(ComparisonSummary summary) =>
        JsonSerializer.SerializeToElement(summary, ReportJson.Default.ComparisonSummary);

    /// <summary>Whether a network was compared whose gradient is followed back.</summary>
    internal static bool HasGradients(ComparisonSummary summary) =>
        summary.Models.Any(model => model.Runs[0].Gradients is not null);

    /// <summary>Whether the labels are those of the minimal pairs.</summary>
    internal static bool HasMinimalPairs(ComparisonSummary summary) =>
        summary.Models.Any(model => model.Runs[0].MinimalPairs.Count > 0);
}
