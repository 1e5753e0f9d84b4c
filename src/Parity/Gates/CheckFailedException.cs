namespace OnnxSentiment.Parity;

/// <summary>A check that the caller asked for did not pass; the message says which one and by how much.</summary>
public sealed class CheckFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which check failed and by how much.</param>
    /// <param name="checks">All that was checked up to then; null where nothing beyond the message is known.</param>
    public CheckFailedException(string message, IReadOnlyList<CheckResult>? checks = null)
        : base(message) => Checks = checks ?? [];

    /// <summary>All that was checked, what passed included; empty where nothing beyond the message is known.</summary>
    public IReadOnlyList<CheckResult> Checks { get; }
}
