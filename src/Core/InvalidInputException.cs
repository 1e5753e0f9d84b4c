namespace OnnxSentiment.Core;

/// <summary>
/// Input that cannot be used: a damaged file, an unknown setting, a missing folder. The message is one sentence for the
/// person who gave the input: what was found, what was expected, what to do.
/// </summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>Creates the exception with a sentence that a user can act on.</summary>
    public InvalidInputException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a sentence that a user can act on, and the error that revealed it.</summary>
    public InvalidInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
