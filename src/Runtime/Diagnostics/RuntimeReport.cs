using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>What ONNX Runtime finds on this machine, and where a model could run. Immutable.</summary>
/// <param name="OnnxRuntimeVersion">The version of the native library.</param>
/// <param name="Providers">
/// The execution providers that the native library has; this library uses CUDA's and the CPU's.
/// </param>
/// <param name="Hardware">The CPUs and accelerators that ONNX Runtime sees.</param>
/// <param name="Libraries">
/// What CUDA needs on this system, of CUDA 13 and of CUDA 12; empty where there is no CUDA.
/// </param>
/// <param name="Devices">The CPU and a GPU, whether the model runs there, and which of its nodes run where.</param>
public sealed record RuntimeReport(
    string OnnxRuntimeVersion,
    IReadOnlyList<string> Providers,
    IReadOnlyList<HardwareState> Hardware,
    IReadOnlyList<LibraryState> Libraries,
    IReadOnlyList<DeviceState> Devices)
{
    /// <summary>
    /// Looks at this machine, with a model that is tried on each device. Takes as long as loading it twice.
    /// </summary>
    /// <param name="modelPath">A file that <c>onnx-sentiment export</c> wrote.</param>
    /// <param name="options">
    /// Which GPU to try, <c>cuda:0</c> unless it names one, and how; null for the defaults.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// The file cannot be used on any device, or the app brings no native library.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static RuntimeReport Create(string modelPath, SentimentModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        options = (options ?? new SentimentModelOptions()).Validated();
        SessionFactory.CheckNativeLibrary();
        var model = ModelLoader.Read(modelPath);
        var (session, _) = ModelLoader.Load(model, $"The model '{modelPath}'");
        using (session)
        {
            return ReportMaker.Create(new OrtDeviceHost(), session, model, options);
        }
    }
}
