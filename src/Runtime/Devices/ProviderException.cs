namespace OnnxSentiment.Runtime;

/// <summary>
/// ONNX Runtime could not make a session on a device; the message is its own, without where in its source it arose.
/// </summary>
internal sealed class ProviderException(string message, Exception? inner = null)
    : Exception(OrtMessage.Shorten(message), inner);
