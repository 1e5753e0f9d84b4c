namespace OnnxSentiment.Parity;

/// <summary>A check that the caller asked for did not pass; the message says which one and by how much.</summary>
public sealed class CheckFailedException(string message) : Exception(message);
