using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>The ONNX export that TorchSharp does not have.</summary>
public static class ModuleOnnxExtensions
{
    /// <summary>
    /// Writes a module as an ONNX file, whole or not at all. The module is put into evaluation mode meanwhile. Where
    /// the app has ONNX Runtime, module and file are run on random inputs of several sizes of each named dimension and
    /// compared; after a mismatch there is no file. The same weights give the same bytes. Tensors that the module's own
    /// code makes meanwhile are not disposed, so that it may keep one; the garbage collector takes the others. The
    /// module must not be used by another thread meanwhile.
    /// </summary>
    /// <param name="module">The module, with weights in single precision.</param>
    /// <param name="path">The file to write; one that exists is replaced, folders that are missing are created.</param>
    /// <param name="inputs">What <c>forward</c> is given, in its order.</param>
    /// <exception cref="OnnxExportException">
    /// A module, one of its options or its input is not supported, or the module fails.
    /// </exception>
    /// <exception cref="OnnxMismatchException">The file computes something else than the module.</exception>
    /// <exception cref="InvalidInputException">
    /// An argument does not suit the module, or the file cannot be written.
    /// </exception>
    public static OnnxExportReport ExportOnnx(
        this torch.nn.Module module, string path, params IReadOnlyList<OnnxInput> inputs) =>
        module.ExportOnnx(path, new OnnxExportOptions(), inputs);

    /// <summary>As the other, with options.</summary>
    /// <param name="module">The module, with weights in single precision.</param>
    /// <param name="path">The file to write; one that exists is replaced, folders that are missing are created.</param>
    /// <param name="options">How to export.</param>
    /// <param name="inputs">What <c>forward</c> is given, in its order.</param>
    /// <exception cref="OnnxExportException">
    /// A module, one of its options or its input is not supported, or the module fails.
    /// </exception>
    /// <exception cref="OnnxMismatchException">The file computes something else than the module.</exception>
    /// <exception cref="InvalidInputException">
    /// An argument does not suit the module, the file cannot be written, or the app lacks an ONNX Runtime that the
    /// options require.
    /// </exception>
    public static OnnxExportReport ExportOnnx(
        this torch.nn.Module module, string path, OnnxExportOptions options, params IReadOnlyList<OnnxInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inputs);
        var paths = new ModulePaths(module);
        DisposedCheck.Check(paths);
        using var evaluation = new EvaluationMode(module, paths);
        using var withoutGradients = torch.no_grad();
        using var held = new TensorHold();

        var table = new ConverterTable(BuiltInConverters.All, options.Converters);
        var request = new GraphRequest(inputs, options.Outputs, options.Opset, options.Description);
        var exported = ModuleGraph.Build(module, paths, table, request);
        var verified = Verify(exported, options);
        Write(exported.Model, path);
        return new()
        {
            Path = path,
            Model = ModelInspector.Describe(exported.Model) with { FileLength = new FileInfo(path).Length },
            VerifiedSizes = verified.Sizes,
            VerifiedValues = verified.Values,
            LargestDifference = verified.LargestDifference,
            WhyNotVerified = verified.WhyNot,
        };
    }

    private static VerificationResult Verify(ExportedModule exported, OnnxExportOptions options)
    {
        if (options.Verification == Verification.Off)
        {
            return VerificationResult.Nothing("the verification is off");
        }

        var result = ModuleVerifier.Verify(exported, options.Tolerance, options.Seed);
        return result.WhyNot.Length == 0 || options.Verification != Verification.Required
            ? result
            : throw new InvalidInputException($"The export has to be verified, but {result.WhyNot}.");
    }

    private static void Write(ModelProto model, string path)
    {
        try
        {
            ModelFile.Write(model, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                $"'{path}' cannot be written, and no part of it is left: {e.Message} Choose another path, " +
                "or make this one writable.",
                e);
        }
    }
}
