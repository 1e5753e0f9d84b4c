using System.Text.Json;
using OnnxSentiment.Core;

namespace OnnxSentiment.Cli;

/// <summary>Writes a comparison's report: text, data and pictures.</summary>
internal static class ReportFolder
{
    internal const string MarkdownFile = "report.md";
    internal const string DataFile = "report.json";
    internal const string CurvesFile = "curves.png";
    internal const string GradientsFile = "gradients.png";
    internal const string LengthsFile = "lengths.png";
    internal const string ComplaintsFile = "complaints.png";

    /// <summary>Writes all files that the summary has something for, the text last.</summary>
    internal static void Write(string folder, ComparisonSummary summary)
    {
        AtomicFile.Write(
            Path.Combine(folder, DataFile),
            stream => JsonSerializer.Serialize(stream, summary, ComparisonJson.Default.ComparisonSummary));
        CurvesPicture.Save(summary, Path.Combine(folder, CurvesFile));
        LengthsPicture.Save(summary, Path.Combine(folder, LengthsFile));
        if (HasGradients(summary))
        {
            GradientsPicture.Save(summary, Path.Combine(folder, GradientsFile));
        }

        if (HasComplaints(summary))
        {
            ComplaintsPicture.Save(summary, Path.Combine(folder, ComplaintsFile));
        }

        AtomicFile.WriteTo(Path.Combine(folder, MarkdownFile), temporary => File.WriteAllText(temporary, MarkdownReport.Format(summary)));
    }

    /// <summary>Whether a network was compared whose gradient is followed back.</summary>
    internal static bool HasGradients(ComparisonSummary summary) => summary.Models.Any(model => model.Runs[0].Gradients is not null);

    /// <summary>Whether the labels are those that the complaints are about.</summary>
    internal static bool HasComplaints(ComparisonSummary summary) => summary.Models.Any(model => model.Runs[0].Complaints.Count > 0);
}
