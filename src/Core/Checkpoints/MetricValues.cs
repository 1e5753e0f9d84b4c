using System.Globalization;

namespace OnnxSentiment.Core;

/// <summary>Checks the metrics of a file.</summary>
internal static class MetricValues
{
    /// <summary>Throws unless all values are numbers that JSON can hold: 1e999 in a file is read as infinity.</summary>
    /// <exception cref="InvalidInputException">One is not; the message names it.</exception>
    public static void Check(IReadOnlyDictionary<string, double> metrics)
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
}
