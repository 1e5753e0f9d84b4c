using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>Two short texts that only a reader tells apart, or knows to be alike.</summary>
internal sealed record ComplaintPair(LabeledText First, LabeledText Second);

/// <summary>One of the article's complaints about models that count words, and pairs that show it.</summary>
/// <param name="Name">As the report's data spell it.</param>
/// <param name="Title">As the report spells it.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record Complaint(string Name, string Title, IReadOnlyList<ComplaintPair> Pairs);
