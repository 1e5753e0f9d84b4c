using System.Globalization;
using System.Security.Cryptography;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>What an export found, as the record that lies beside the file.</summary>
internal static class ExportVerification
{
    /// <summary>The record of an export.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="metadata">What the file says of itself.</param>
    /// <param name="input">What the file reads.</param>
    /// <param name="checkpoint">What it was exported from.</param>
    /// <param name="report">What was found.</param>
    internal static Verification Of(
        byte[] file, ModelMetadata metadata, InputKind input, Checkpoint checkpoint, VerifiedExportReport report) =>
        new()
        {
            Format = Verification.CurrentFormat,
            Model = new(
                Convert.ToHexStringLower(SHA256.HashData(file)), file.Length, Precisions.NameOf(metadata.Precision),
                input == InputKind.Text ? "text" : "ids"),
            Checkpoint = new(checkpoint.Sha256, Checkpoint.Files),
            Versions = new(metadata.Version, OrtEnvironment.Instance.GetVersionString()),
            Weights = Of(report.Weights),
            Comparisons = [Of(report.Parity)],
            Accuracy = report.Accuracy is { } accuracy
                ? new(accuracy.Single.Texts, accuracy.Single.Accuracy, accuracy.Smaller.Accuracy, accuracy.MaximumDrop)
                : null,
        };

    private static VerifiedWeights Of(WeightReport weights) => new(
        weights.Comparisons.Count, weights.Values, weights.Constants.Count, Rounded(weights.LargestDifference),
        weights.Rule);

    private static VerifiedComparison Of(ComparisonReport report) => new(
        report.Inputs, report.Actual, report.Expected, report.Texts,
        [.. report.Outputs.Select(output => new VerifiedOutput(
            output.Output.ToString().ToLowerInvariant(), Rounded(output.LargestAbsolute),
            output.Tolerance.Absolute, output.Tolerance.Relative))]);

    // As reports show it: further digits are those of one machine's order of summation.
    private static double Rounded(double value) =>
        double.Parse(value.ToString("0.0e+0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
