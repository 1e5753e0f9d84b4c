namespace OnnxSentiment.Trainer;

/// <summary>A text and the class it belongs to. Immutable.</summary>
/// <param name="Text">The text as it was read; invalid UTF-8 has become U+FFFD.</param>
/// <param name="Label">One of <see cref="Dataset.Labels"/> once it stands in a dataset.</param>
/// <param name="Id">
/// Where the text comes from, for instance <c>train/neg/0_3.txt</c> or <c>'reviews.csv', line 7</c>; null where it was
/// made up.
/// </param>
public sealed record LabeledText(string Text, string Label, string? Id = null);
