namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// The exported graph computes something else than the module. The message names the first value that differs; no file
/// was written.
/// </summary>
public sealed class OnnxMismatchException : Exception
{
    internal OnnxMismatchException(string valueName, string message)
        : base(message) => ValueName = valueName;

    /// <summary>The first value of the graph that differs from the module's.</summary>
    public string ValueName { get; }
}
