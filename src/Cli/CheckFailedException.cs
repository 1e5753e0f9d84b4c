namespace OnnxSentiment.Cli;

/// <summary>A check that the user asked for did not pass; the message says which and by how much.</summary>
public sealed class CheckFailedException(string message) : Exception(message);
