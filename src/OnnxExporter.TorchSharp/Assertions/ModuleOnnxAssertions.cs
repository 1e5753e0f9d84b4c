using System.Runtime.CompilerServices;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Tests of a module against an ONNX file, for any test framework: does the file compute what the module computes now?
/// The app needs a native library of ONNX Runtime.
/// </summary>
public static class ModuleOnnxAssertions
{
    /// <summary>
    /// Requires that a file computes what the module computes with its present weights, on seeded random inputs of
    /// several sizes of each named dimension. The module is put into evaluation mode meanwhile, and must not be used by
    /// another thread. The file may come from any exporter.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="inputs">
    /// What <c>forward</c> is given, in its order, as for <c>ExportOnnx</c>; none for what the file declares.
    /// </param>
    /// <exception cref="OnnxAssertException">They differ; the message is the whole report.</exception>
    /// <exception cref="InvalidInputException">
    /// The file cannot be used, the inputs do not suit it, or the app has no ONNX Runtime.
    /// </exception>
    [OverloadResolutionPriority(1)]
    public static void AssertOnnx(this nn.Module module, string path, params IReadOnlyList<OnnxInput> inputs) =>
        module.AssertOnnx(path, new ModuleAssertOptions(), inputs);

    /// <summary>As the other, with options.</summary>
    /// <inheritdoc cref="AssertOnnx(nn.Module, string, IReadOnlyList{OnnxInput})"/>
    /// <param name="module">The module.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">How to compare.</param>
    /// <param name="inputs">
    /// What <c>forward</c> is given, in its order, as for <c>ExportOnnx</c>; none for what the file declares.
    /// </param>
    [OverloadResolutionPriority(1)]
    public static void AssertOnnx(
        this nn.Module module, string path, ModuleAssertOptions options, params IReadOnlyList<OnnxInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inputs);
        OnnxAssert.Passed(ModuleFileCheck.OnRandomInputs(module, path, options, inputs));
    }

    /// <summary>
    /// Requires that a file computes what the module computes with its present weights, on the given tensors.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="inputs">What <c>forward</c> is given, in its order; they are not disposed.</param>
    /// <exception cref="OnnxAssertException">They differ; the message is the whole report.</exception>
    /// <exception cref="InvalidInputException">
    /// The file cannot be used, the inputs do not suit it, or the app has no ONNX Runtime.
    /// </exception>
    public static void AssertOnnx(this nn.Module module, string path, params IReadOnlyList<Tensor> inputs) =>
        module.AssertOnnx(path, new ModuleAssertOptions(), inputs);

    /// <summary>As the other, with options.</summary>
    /// <inheritdoc cref="AssertOnnx(nn.Module, string, IReadOnlyList{Tensor})"/>
    /// <param name="module">The module.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">How to compare.</param>
    /// <param name="inputs">What <c>forward</c> is given, in its order; they are not disposed.</param>
    public static void AssertOnnx(
        this nn.Module module, string path, ModuleAssertOptions options, params IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inputs);
        OnnxAssert.Passed(ModuleFileCheck.OnGivenInputs(module, path, options, inputs));
    }
}
