using System.Text.Json.Serialization;

namespace OnnxSentiment.Comparison;

/// <summary>How a network does on the minimal pairs of one phenomenon.</summary>
/// <param name="Phenomenon">The phenomenon's name.</param>
/// <param name="Correct">Pairs of which both texts got their label.</param>
/// <param name="Pairs">All pairs.</param>
internal sealed record MinimalPairScore(
    [property: JsonPropertyName("complaint")] string Phenomenon,
    [property: JsonPropertyName("right")] int Correct,
    int Pairs);
