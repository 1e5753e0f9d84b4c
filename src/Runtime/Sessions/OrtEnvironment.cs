using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime;

/// <summary>
/// ONNX Runtime's environment of the process, kept from telling its makers what it is used for: since 1.29 the official
/// builds for Linux and macOS write an identifier of the machine into the user's folder and upload events, unless a
/// variable of the environment forbids both before they begin
/// (https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md).
/// </summary>
internal static partial class OrtEnvironment
{
    private const string DisableTelemetry = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<OrtEnv> Created = new(Create);

    /// <summary>Everything that needs the environment asks here first.</summary>
    public static OrtEnv Instance => Created.Value;

    /// <summary>The only way to a session: none begins before telemetry is off.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses the model.</exception>
    public static InferenceSession Open(byte[] model, SessionOptions options)
    {
        _ = Instance;
        return new InferenceSession(model, options);
    }

    private static OrtEnv Create()
    {
        if (!OperatingSystem.IsWindows())
        {
            // .NET's own copy of the environment is not what native code reads.
            _ = SetVariable(DisableTelemetry, "1", overwrite: 1);
        }

        var environment = OrtEnv.Instance();
        environment.DisableTelemetryEvents();
        return environment;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
