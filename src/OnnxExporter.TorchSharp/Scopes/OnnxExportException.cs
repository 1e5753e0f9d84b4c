namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// A module cannot be exported. The message names it, says what is not supported, and what can be done.
/// </summary>
public sealed class OnnxExportException : Exception
{
    internal OnnxExportException(string modulePath, string message, Exception? innerException = null)
        : base(message, innerException) => ModulePath = modulePath;

    /// <summary>
    /// The path of the module from the exported one down, for instance <c>encoder.layers.2.self_attn</c>; empty for
    /// that itself.
    /// </summary>
    public string ModulePath { get; }
}
