namespace OnnxSentiment.Trainer;

/// <summary>One form in which datasets come: a row of the table in <see cref="DatasetReader"/>.</summary>
/// <param name="Form">The form in a few words, for help and messages.</param>
/// <param name="Matches">Whether the path is of this form, judged by names alone.</param>
/// <param name="Read">Reads the texts.</param>
internal sealed record DatasetSource(
    string Form,
    Func<string, bool> Matches,
    Func<string, DatasetOptions, CancellationToken, SplitTexts> Read);

/// <summary>What a source holds, in its deterministic order, with labels as the source spells them.</summary>
internal sealed record SplitTexts(
    IReadOnlyList<LabeledText> Train, IReadOnlyList<LabeledText> Test, IReadOnlyList<string> Unlabeled);
