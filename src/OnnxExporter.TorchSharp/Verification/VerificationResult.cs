namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>What a comparison of a module with its graph came to; a difference is an exception instead.</summary>
/// <param name="Sizes">The sizes of the named dimensions at which the two were compared.</param>
/// <param name="Values">How many values of the graph were compared, outputs included.</param>
/// <param name="LargestDifference">The largest difference of an output.</param>
/// <param name="WhyNot">Why nothing was compared; empty where something was.</param>
internal sealed record VerificationResult(
    IReadOnlyList<string> Sizes, int Values, double LargestDifference, string WhyNot = "")
{
    internal static VerificationResult Nothing(string reason) => new([], 0, 0, reason);
}
