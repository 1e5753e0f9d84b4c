using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>The section <c>Limits</c>: how much one request may ask for. Immutable.</summary>
internal sealed record LimitOptions
{
    /// <summary>Bytes of a body.</summary>
    public long BodyBytes { get; init; } = 8 << 20;

    /// <summary>Texts, or rows of ids, of a request.</summary>
    public int Texts { get; init; } = 256;

    /// <summary>UTF-16 units of a text.</summary>
    public int TextLength { get; init; } = 100_000;

    /// <summary>Ids of a request, padding included.</summary>
    public int Tokens { get; init; } = 131_072;

    /// <summary>Requests under way at once, whose bodies are in memory; one more is refused.</summary>
    public int Requests { get; init; } = 1_024;

    /// <summary>
    /// Explanations, which cost as much as hundreds of texts, that wait at once; one more is refused.
    /// </summary>
    public int WaitingExplanations { get; init; } = 16;

    /// <summary>Returns the options, or says which value cannot be used.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public LimitOptions Validated(BatchingSettings batching)
    {
        Guard.InRange("Limits:BodyBytes", BodyBytes, 1, 1 << 30);
        Guard.InRange("Limits:Texts", Texts, 1, batching.MaximumQueueLength);
        Guard.InRange("Limits:TextLength", TextLength, 1, 100_000_000);
        Guard.InRange("Limits:Tokens", Tokens, 1, 10_000_000);
        Guard.InRange("Limits:Requests", Requests, 1, 1_000_000);
        Guard.InRange("Limits:WaitingExplanations", WaitingExplanations, 0, 10_000);
        return this;
    }

    /// <exception cref="RequestException">There are too many texts.</exception>
    public void CheckTexts(long texts)
    {
        if (texts > Texts)
        {
            throw RequestException.TooLarge(
                $"The request has {texts} texts, but at most {Texts} are read at once: send several requests.");
        }
    }

    /// <exception cref="RequestException">A text is too long.</exception>
    public void CheckText(string text, int position)
    {
        if (text.Length > TextLength)
        {
            throw RequestException.TooLarge(
                $"Text {position} has {text.Length} UTF-16 units, but at most {TextLength} are read: send its last "
                + "part, of "
                + "which the model reads the end.");
        }
    }

    /// <exception cref="RequestException">There are too many ids.</exception>
    public void CheckTokens(long tokens)
    {
        if (tokens > Tokens)
        {
            throw RequestException.TooLarge(
                $"The request has {tokens} ids, but at most {Tokens} are read at once: send several requests.");
        }
    }
}
