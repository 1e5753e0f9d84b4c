namespace OnnxSentiment.Core;

/// <summary>Checks the labels of a file.</summary>
internal static class LabelNames
{
    private const int Shown = 5;

    /// <summary>Throws unless there are as many names as a classifier can have, all different.</summary>
    /// <exception cref="InvalidInputException">They are too few, too many, empty or repeated.</exception>
    public static void Check(IReadOnlyList<string?> labels)
    {
        if (labels.Count is >= LabelScores.MinimumLabels and <= LabelScores.MaximumLabels
            && !labels.Any(string.IsNullOrWhiteSpace)
            && labels.Distinct(StringComparer.Ordinal).Count() == labels.Count)
        {
            return;
        }

        var rest = labels.Count > Shown ? $", … {labels.Count} in all" : "";
        throw new InvalidInputException(
            $"labels is [{string.Join(", ", labels.Take(Shown))}{rest}], but has to name {LabelScores.MinimumLabels} "
            + $"to {LabelScores.MaximumLabels} different classes.");
    }
}
