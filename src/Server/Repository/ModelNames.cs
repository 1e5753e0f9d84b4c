using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>
/// Which names models and versions have. A folder of another name is no model, so that no name in a request can lead
/// out of the repository, and a name that is safe to show is all that a message ever shows.
/// </summary>
internal static class ModelNames
{
    /// <summary>
    /// Whether a model can have the name: letters, digits, and <c>. _ -</c> within, 64 characters at most.
    /// </summary>
    public static bool IsName(string name) => ModelName.IsValid(name);

    /// <summary>A version: a number from 1, written without leading zeros.</summary>
    public static bool TryParseVersion(string text, out long version) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version)
        && version > 0 && text == version.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name from a request as a message may quote it.</summary>
    public static string Shown(string name) => IsName(name) ? $"'{name}'" : "of other characters than names have";
}
