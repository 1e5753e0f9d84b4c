using System.Globalization;

namespace OnnxSentiment.Runtime;

/// <summary>Checks an option that the app's code sets.</summary>
internal static class OptionRange
{
    /// <summary>Throws unless the value lies between both bounds, which are themselves allowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside.</exception>
    public static void Check(string option, int value, int minimum, int maximum)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(option, string.Create(
                CultureInfo.InvariantCulture, $"{option} is {value}, but must be from {minimum} to {maximum}."));
        }
    }
}
