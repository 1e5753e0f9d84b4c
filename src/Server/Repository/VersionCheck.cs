using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>Whether a loaded model computes here what lies beside it in <c>test_data_set_*</c>.</summary>
internal static class VersionCheck
{
    /// <summary>Computes all test data; a version without any passes, as long as it gives numbers.</summary>
    /// <exception cref="InvalidInputException">It computes something else.</exception>
    public static void Run(SentimentModel model, VersionFolder folder)
    {
        if (!float.IsFinite(model.Predict("").Logit))
        {
            throw new InvalidInputException("The model gives an empty text no finite logit; export it again.");
        }

        foreach (var report in StoredDataCheck.Run(model, folder.Path))
        {
            if (!report.Passed)
            {
                throw new InvalidInputException(
                    $"The model does not compute what lies beside it in '{report.Inputs}': {Describe(report)}; copy "
                    + "model and test data of the same export.");
            }
        }
    }

    private static string Describe(ComparisonReport report)
    {
        var differences = report.Outputs.Select(output => string.Create(
            CultureInfo.InvariantCulture,
            $"largest difference of {output.Output.ToString().ToLowerInvariant()} {output.LargestAbsolute:0.0e+0}"));
        return $"{string.Join(", ", differences)}, {report.LabelFlips} of {report.Texts} labels differ";
    }
}
