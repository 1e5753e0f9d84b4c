using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>What lies beside a model as <c>verification.json</c>, and whether it is of that model.</summary>
internal static class VerificationFormat
{
    /// <summary>A section of <c>inspect</c>.</summary>
    internal static IEnumerable<string[]> Rows(Verification verification, bool matches)
    {
        var (model, versions, weights) = (verification.Model, verification.Versions, verification.Weights);
        yield return
        [
            "  file", matches
                ? $"SHA-256 {model.Sha256}, as verified"
                : $"CHANGED since it was verified: its SHA-256 is not {model.Sha256}",
        ];
        yield return ["  checkpoint", $"SHA-256 {verification.Checkpoint.Sha256}"];
        yield return ["  versions", $"OnnxSentiment {versions.OnnxSentiment}, ONNX Runtime {versions.OnnxRuntime}"];
        yield return
        [
            "  weights",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{weights.Values:N0} values in {weights.Tensors} tensors, {weights.Rule}"),
        ];
        foreach (var comparison in verification.Comparisons)
        {
            yield return ["  values", TextOf(comparison)];
        }

        if (verification.Accuracy is { } accuracy)
        {
            yield return
            [
                "  accuracy",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{accuracy.Model:0.0000} on {accuracy.Texts:N0} texts (float32: {accuracy.Float32:0.0000})"),
            ];
        }
    }

    private static string TextOf(VerifiedComparison comparison)
    {
        var differences = comparison.Outputs.Select(output =>
            $"{output.Output} {Figures.Small(output.LargestDifference)} (allowed "
            + $"{Figures.Small(output.AllowedAbsolute)})");
        return $"{comparison.Inputs}, {comparison.Texts} texts, {comparison.Actual} against {comparison.Expected}: "
            + string.Join(", ", differences);
    }

    /// <summary>The same for <c>--json</c>.</summary>
    internal static JsonNode ToJson(Verification verification, bool matches, JsonSerializerOptions options)
    {
        var json = JsonSerializer.SerializeToNode(verification, options)!.AsObject();
        json.Insert(0, "matches", matches);
        return json;
    }
}
