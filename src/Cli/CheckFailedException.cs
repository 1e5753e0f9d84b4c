namespace OnnxSentiment.Cli;

/// <summary>A check that the user asked for did not pass; the message says which and by how much.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);
