using System.Globalization;

namespace OnnxSentiment.Cli;

/// <summary>Numbers as the tool prints them, the same under every culture.</summary>
internal static class Figures
{
    /// <summary>Up to five significant digits.</summary>
    internal static string Plain(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A small difference, for instance 5.9e-08.</summary>
    internal static string Small(double value) => value.ToString("0.0e-00", CultureInfo.InvariantCulture);

    /// <summary>A share with three digits after the point, for instance 0.871.</summary>
    internal static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A duration as h:mm:ss or m:ss.</summary>
    internal static string Duration(TimeSpan value) =>
        value.ToString(value.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
