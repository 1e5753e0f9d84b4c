using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>Makes a session of any graph, as the options of a <see cref="TensorRunner"/> say.</summary>
internal static class SessionOpening
{
    // Where a model in memory finds its external data; the key is in onnxruntime_session_options_config_keys.h.
    private const string ExternalDataFolder = "session.model_external_initializers_file_folder_path";

    /// <exception cref="InvalidInputException">ONNX Runtime refuses the model, or the device cannot be
    /// used.</exception>
    internal static InferenceSession Open(byte[] model, TensorRunnerOptions options)
    {
        SessionFactory.CheckNativeLibrary();
        try
        {
            using var session = SessionFactory.CreateOptions();
            session.GraphOptimizationLevel = LevelOf(options.Optimization);
            if (options.ExternalDataFolder is { } folder)
            {
                session.AddSessionConfigEntry(ExternalDataFolder, Path.GetFullPath(folder));
            }

            AppendProvider(session, options);
            return OrtEnvironment.Open(model, session);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidInputException($"ONNX Runtime refuses the model: {OrtMessage.Shorten(e.Message)}.", e);
        }
    }

    private static void AppendProvider(SessionOptions session, TensorRunnerOptions options)
    {
        if (options.Device.Kind != DeviceKind.Cuda)
        {
            return;
        }

        var host = new OrtDeviceHost();
        try
        {
            if (CudaFailure.NotOffered(host, options.ExecutionProviderLibrary) is { } reason)
            {
                throw new ProviderException(reason);
            }

            var wanted = new SentimentModelOptions
            {
                AllowTf32 = options.AllowTf32,
                ExecutionProviderLibrary = options.ExecutionProviderLibrary,
            };
            OrtDeviceHost.Append(session, SessionRequest.ForCuda(options.Device.Id, wanted));
        }
        catch (Exception e) when (e is ProviderException or OnnxRuntimeException)
        {
            throw new InvalidInputException(
                $"The model cannot run on {options.Device}: {CudaFailure.Explain(host, e.Message)}. " +
                "Mend that, or use the device cpu.", e);
        }
    }

    private static GraphOptimizationLevel LevelOf(GraphOptimization optimization) => optimization switch
    {
        GraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
        GraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
        GraphOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        GraphOptimization.All => GraphOptimizationLevel.ORT_ENABLE_ALL,
        _ => throw new ArgumentOutOfRangeException(nameof(optimization), optimization, "No such level."),
    };
}
