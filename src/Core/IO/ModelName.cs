using System.Text.RegularExpressions;

namespace OnnxSentiment.Core;

/// <summary>
/// Which names models have in a model repository, where a name is that of a folder and part of addresses. Thread-safe.
/// </summary>
public static partial class ModelName
{
    /// <summary>
    /// Whether a model can have the name: 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, of which the first
    /// is a letter or digit. No such name leads out of the repository.
    /// </summary>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Pattern();
}
