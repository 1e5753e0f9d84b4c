namespace OnnxSentiment.Parity;

/// <summary>A graph is not what it has to be; the message is a sentence of a report.</summary>
internal sealed class GraphMismatchException(string message) : Exception(message);
