using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>Two short texts that only a reader tells apart, or knows to be alike.</summary>
internal sealed record MinimalPair(LabeledText First, LabeledText Second);

/// <summary>What a model that counts words cannot see, and pairs that show it.</summary>
/// <param name="Name">As the report's data spell it.</param>
/// <param name="Title">As the report spells it.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record Phenomenon(string Name, string Title, IReadOnlyList<MinimalPair> Pairs);
