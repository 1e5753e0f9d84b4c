using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The texts to learn from without their labels, from beginning to end and with every word that is in them: what word
/// vectors and n-grams are made of. Ids below the network's vocabulary are the network's, so that the rarer words
/// follow it.
/// </summary>
/// <param name="Train">The texts that the weights are fitted to.</param>
/// <param name="Validation">The texts that choose the epoch.</param>
/// <param name="Unlabeled">The texts without labels.</param>
internal sealed record WholeTexts(
    IReadOnlyList<int[]> Train, IReadOnlyList<int[]> Validation, IReadOnlyList<int[]> Unlabeled)
{
    // The longest that TextSettings allows; hardly any text is longer.
    private const int LongestText = 10_000;

    internal IReadOnlyList<int[]> All => [.. Train, .. Validation, .. Unlabeled];

    /// <param name="dataset">The texts.</param>
    /// <param name="split">Which of the labeled ones are for validation.</param>
    /// <param name="settings">The tokenizer.</param>
    /// <param name="words">All words of all texts.</param>
    internal static WholeTexts Encode(Dataset dataset, StratifiedSplit split, TextSettings settings, Vocabulary words)
    {
        var encoder =
            new TextEncoder(settings with { VocabularySize = words.Count, MaximumLength = LongestText }, words);
        int[][] labelled = [.. dataset.Train.AsParallel().AsOrdered().Select(text => Ids(encoder, text.Text))];
        return new WholeTexts(
            [.. split.Train.Select(i => labelled[i])],
            [.. split.Validation.Select(i => labelled[i])],
            [.. dataset.Unlabeled.AsParallel().AsOrdered().Select(text => Ids(encoder, text))]);
    }

    // Without the start id, which is no word.
    private static int[] Ids(TextEncoder encoder, string text) =>
        Array.ConvertAll(encoder.Encode(text)[1..], id => (int)id);
}
