using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Sets a share of each class aside, so that both parts have the classes in the same proportion. Immutable.
/// </summary>
/// <param name="Train">Positions of the texts to fit to, ascending.</param>
/// <param name="Validation">Positions of the texts that choose the epoch, ascending.</param>
internal sealed record StratifiedSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Validation)
{
    /// <summary>The share that is set aside unless another is asked for.</summary>
    internal const double DefaultValidationShare = 0.1;

    /// <summary>Splits by labels alone; the same labels and seed give the same split on every machine.</summary>
    /// <param name="texts">The texts to split.</param>
    /// <param name="seed">Chooses the texts that are set aside.</param>
    /// <param name="validationShare">
    /// How much of each class is set aside, 0.001 to 0.9; at least one text, never all.
    /// </param>
    /// <exception cref="InvalidInputException">The share is out of its range, or a class has a single text.</exception>
    internal static StratifiedSplit Create(
        IReadOnlyList<LabeledText> texts, int seed, double validationShare = DefaultValidationShare)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Guard.InRange("validation_share", validationShare, 0.001, 0.9);
        var random = new Random(seed);
        var validation = Enumerable.Range(0, texts.Count)
            .GroupBy(i => texts[i].Label)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => SetAside(group.Key, [.. group], validationShare, random))
            .ToHashSet();
        return new StratifiedSplit(
            [.. Enumerable.Range(0, texts.Count).Where(i => !validation.Contains(i))], [.. validation.Order()]);
    }

    private static IEnumerable<int> SetAside(string label, int[] positions, double share, Random random)
    {
        if (positions.Length < 2)
        {
            throw new InvalidInputException(
                $"The class '{label}' has {positions.Length} text, but at least 2 are needed to set one aside for " +
                $"validation.");
        }

        var count = Math.Clamp((int)Math.Round(positions.Length * share), 1, positions.Length - 1);
        for (var i = 0; i < count; i++)
        {
            var other = random.Next(i, positions.Length);
            (positions[i], positions[other]) = (positions[other], positions[i]);
        }

        return positions.Take(count);
    }
}
