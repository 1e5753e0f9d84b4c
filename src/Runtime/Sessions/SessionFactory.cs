using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Hands a model to ONNX Runtime on the CPU, and says how it computes; Devices has what a GPU needs beyond that.
/// </summary>
internal static class SessionFactory
{
    /// <summary>
    /// Throws unless the app brings ONNX Runtime's native library; this project references managed code alone.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// There is no native library for this platform, or it is older than the managed one.
    /// </exception>
    public static void CheckNativeLibrary()
    {
        try
        {
            _ = OrtEnvironment.Instance;
        }
        catch (TypeInitializationException e) when (!LacksNativeLibrary(e))
        {
            throw new InvalidInputException(
                "The app's native library of ONNX Runtime does not fit: "
                + $"{(e.InnerException ?? e).Message.TrimEnd('.')}. Give the package Microsoft.ML.OnnxRuntime "
                + $"(or .Gpu) at least the version of Microsoft.ML.OnnxRuntime.Managed, {ManagedVersion}.",
                e);
        }
        catch (Exception e) when (LacksNativeLibrary(e))
        {
            throw new InvalidInputException(
                "The native library of ONNX Runtime was not found. The app brings it with the package "
                + "Microsoft.ML.OnnxRuntime or, to use an NVIDIA GPU, Microsoft.ML.OnnxRuntime.Gpu: "
                + "add one of the two to the app's project.",
                e);
        }
    }

    /// <summary>Creates a session for the bytes of a model file, whose inputs and outputs are as expected.</summary>
    /// <exception cref="InvalidInputException">
    /// The bytes are no model, or one with other inputs and outputs.
    /// </exception>
    public static GraphSession Create(byte[] model)
    {
        var session = CreateSession(model);
        try
        {
            return GraphSignature.Check(session) == InputKind.Text
                ? new TextSession(session)
                : new IdsSession(session, new ManagedMemory());
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The <c>metadata_props</c> of a session's file.</summary>
    /// <exception cref="InvalidInputException">They cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> PropertiesOf(InferenceSession session)
    {
        try
        {
            return session.ModelMetadata.CustomMetadataMap;
        }
        catch (Exception e) when (e is NullReferenceException or ArgumentException or OnnxRuntimeException)
        {
            // ONNX Runtime asks for each value by its key as a C string, and gets none for a key with NUL in it.
            throw new InvalidInputException("the keys of its metadata are damaged", e);
        }
    }

    private static InferenceSession CreateSession(byte[] model)
    {
        try
        {
            using var options = CreateOptions();
            return OrtEnvironment.Open(model, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidInputException(
                $"its {model.Length} bytes are no ONNX model that ONNX Runtime can load ({e.Message})", e);
        }
    }

    // One thread a run: threads split nothing but the batch, and several runs side by side use the cores better. No
    // memory pattern, because one would be kept for every shape that ever occurs. No session.set_denormal_as_zero: it
    // changes the floating-point mode of the thread that loads, for good and for all of the app's arithmetic, and does
    // not reach the other threads that predict.
    public static SessionOptions CreateOptions() => new()
    {
        IntraOpNumThreads = 1,
        EnableMemoryPattern = false,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    private static string ManagedVersion =>
        typeof(OrtEnv).Assembly.GetName().Version?.ToString(3) ?? "which this app has";

    private static bool LacksNativeLibrary(Exception e) =>
        e is DllNotFoundException || (e.InnerException is { } inner && LacksNativeLibrary(inner));
}
