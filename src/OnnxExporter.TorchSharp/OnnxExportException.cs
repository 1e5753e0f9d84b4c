namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>A module cannot be exported. The message names it, says what is not supported, and what can be done.</summary>
public sealed class OnnxExportException : Exception
{
    internal OnnxExportException(string modulePath, string message, Exception? innerException = null)
        : base(message, innerException) => ModulePath = modulePath;

    /// <summary>
    /// The path of the module from the exported one down, for instance <c>encoder.layers.2.self_attn</c>; empty for that
    /// itself.
    /// </summary>
    public string ModulePath { get; }
}

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
