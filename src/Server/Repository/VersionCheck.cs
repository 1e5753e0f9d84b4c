using System.Globalization;
using System.Security.Cryptography;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>
/// Whether a version is what was exported: its bytes are those that its <c>verification.json</c> names, and the loaded
/// model computes here what lies beside it in <c>test_data_set_*</c>.
/// </summary>
internal static class VersionCheck
{
    /// <summary>Compares the bytes with the sum of the verification, where there is one.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidInputException">The sum is another, or the verification is damaged.</exception>
    public static bool CheckSum(byte[] model, VersionFolder folder)
    {
        if (Verification.Find(folder.Path) is not { } verification)
        {
            return false;
        }

        return verification.Matches(model) ? true : throw new InvalidInputException(
            $"'{folder.ModelFile}' has the SHA-256 {Convert.ToHexStringLower(SHA256.HashData(model))}, but " +
            $"its {Verification.FileName} is of {verification.Model.Sha256}: the model was changed after its export, " +
            "or the two files are of different exports. Copy model, verification and test data of the same export.");
    }

    /// <summary>Computes all test data; a version without any passes unverified, as long as it gives numbers.</summary>
    /// <param name="model">The loaded model.</param>
    /// <param name="folder">Where its test data lies.</param>
    /// <param name="hasSum">Whether a verification has the sum of its bytes.</param>
    /// <exception cref="InvalidInputException">It computes something else.</exception>
    public static VersionProof Run(SentimentModel model, VersionFolder folder, bool hasSum)
    {
        if (!float.IsFinite(model.Predict("").Logit))
        {
            throw new InvalidInputException("The model gives an empty text no finite logit; export it again.");
        }

        var texts = 0;
        foreach (var report in StoredDataCheck.Run(model, folder.Path))
        {
            texts += report.Passed ? report.Texts : throw new InvalidInputException(
                $"The model does not compute what lies beside it in '{report.Inputs}': {Describe(report)}; copy "
                + "model and test data of the same export.");
        }

        string[] missing = [.. Missing(hasSum, texts > 0)];
        return missing.Length > 0
            ? new(false, $"it has no {string.Join(" and no ", missing)}")
            : new(true, $"its SHA-256 is that of {Verification.FileName}, and {texts} texts of test data agree");
    }

    private static IEnumerable<string> Missing(bool hasSum, bool hasTestData)
    {
        if (!hasSum)
        {
            yield return Verification.FileName;
        }

        if (!hasTestData)
        {
            yield return "test data";
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
