namespace OnnxSentiment.Trainer;

/// <summary>
/// An archive that may be whole, but is none that should be read; its reader adds the archive's name.
/// </summary>
internal sealed class RefusedException(string message) : Exception(message);
