using System.Globalization;
using System.Numerics;

namespace OnnxSentiment.Core;

/// <summary>Checks whose message names the setting as users write it.</summary>
public static class Guard
{
    private const int ShownLabels = 5;

    /// <summary>Throws unless <paramref name="value"/> lies between both bounds, which are themselves allowed.</summary>
    /// <exception cref="InvalidInputException">The value lies outside, or is not a number.</exception>
    public static void InRange<T>(string name, T value, T minimum, T maximum)
        where T : INumber<T>
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture, $"{name} is {value}, but has to lie between {minimum} and {maximum}."));
        }
    }

    /// <summary>Throws unless all figures are numbers that JSON can hold: 1e999 in a file is read as infinity.</summary>
    internal static void FiniteMetrics(IReadOnlyDictionary<string, double> metrics)
    {
        foreach (var (name, value) in metrics)
        {
            if (!double.IsFinite(value))
            {
                throw new InvalidInputException(string.Create(
                    CultureInfo.InvariantCulture, $"metrics.{name} is {value}, but has to be a finite number."));
            }
        }
    }

    /// <summary>Throws unless there are as many names as a classifier can have, all different.</summary>
    internal static void DifferentLabels(IReadOnlyList<string?> labels)
    {
        if (labels.Count is < LabelScores.MinimumLabels or > LabelScores.MaximumLabels
            || labels.Any(string.IsNullOrWhiteSpace) || labels.Distinct(StringComparer.Ordinal).Count() < labels.Count)
        {
            var shown = string.Join(", ", labels.Take(ShownLabels));
            throw new InvalidInputException(
                $"labels is [{shown}{(labels.Count > ShownLabels ? $", … {labels.Count} in all" : "")}], but has to name {LabelScores.MinimumLabels} to {LabelScores.MaximumLabels} different classes.");
        }
    }
}
