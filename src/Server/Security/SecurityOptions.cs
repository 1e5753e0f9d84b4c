using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>The section <c>Security</c>: who may ask. Immutable.</summary>
internal sealed record SecurityOptions
{
    private const int MinimumKeyLength = 16;

    /// <summary>The keys that clients may send; none for everybody.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>
    /// Whether <c>/metrics</c> is open to callers without a key, as most set-ups of Prometheus send none.
    /// </summary>
    public bool MetricsWithoutKey { get; init; }

    /// <summary>Returns the options, or says which value cannot be used.</summary>
    /// <exception cref="InvalidInputException">A key is too short to be one; the message does not tell it.</exception>
    public SecurityOptions Validated()
    {
        for (var i = 0; i < ApiKeys.Count; i++)
        {
            if (ApiKeys[i].Trim().Length < MinimumKeyLength)
            {
                throw new InvalidInputException(
                    $"Security:ApiKeys:{i} has {ApiKeys[i].Trim().Length} characters, but a key has at least "
                    + $"{MinimumKeyLength}: make one with `openssl rand -hex 32`.");
            }
        }

        return this;
    }
}
