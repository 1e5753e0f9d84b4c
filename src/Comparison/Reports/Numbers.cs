using System.Globalization;

namespace OnnxSentiment.Comparison;

/// <summary>Numbers as a report prints them, the same under every culture.</summary>
internal static class Numbers
{
    /// <summary>A small difference, for instance 5.9e-08.</summary>
    internal static string Small(double value) => value.ToString("0.0e-00", CultureInfo.InvariantCulture);

    /// <summary>A share with three digits after the point, for instance 0.871.</summary>
    internal static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
