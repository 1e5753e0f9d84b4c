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
    public static void Run(SentimentModel model, VersionFolder folder, bool allowTf32)
    {
        if (!float.IsFinite(model.Predict("").Logit))
        {
            throw new InvalidInputException("The model gives an empty text no finite logit; export it again.");
        }

        foreach (var report in StoredDataCheck.Run(model, folder.Path, ModeOf(model.Device.Kind, allowTf32)))
        {
            if (!report.Passed)
            {
                throw new InvalidInputException(
                    $"The model does not compute what lies beside it in '{report.Inputs}': {Describe(report)}; copy "
                    + "model and test data of the same export.");
            }
        }
    }

    /// <summary>How a device multiplies, which the tolerances depend on.</summary>
    /// <param name="device">Where the model computes.</param>
    /// <param name="allowTf32">Whether a GPU rounds the factors of its products.</param>
    public static ComputeMode ModeOf(DeviceKind device, bool allowTf32) => (device, allowTf32) switch
    {
        (DeviceKind.Cuda, true) => ComputeMode.CudaTf32,
        (DeviceKind.Cuda, false) => ComputeMode.Cuda,
        _ => ComputeMode.Cpu,
    };

    private static string Describe(ComparisonReport report)
    {
        var differences = report.Outputs.Select(output => string.Create(
            CultureInfo.InvariantCulture,
            $"largest difference of {output.Output.ToString().ToLowerInvariant()} {output.LargestAbsolute:0.0e+0}"));
        return $"{string.Join(", ", differences)}, {report.LabelFlips} of {report.Texts} labels differ";
    }
}
