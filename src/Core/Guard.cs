using System.Globalization;
using System.Numerics;

namespace OnnxSentiment.Core;

/// <summary>Checks whose message names the setting as users write it.</summary>
public static class Guard
{
    /// <summary>
    /// Throws unless <paramref name="value"/> lies between both bounds, which are themselves allowed.
    /// </summary>
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
}
