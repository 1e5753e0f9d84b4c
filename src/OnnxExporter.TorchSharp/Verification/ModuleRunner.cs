using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Calls an exported module, whose signature has to be made of tensors, where its weights are.</summary>
/// <param name="exported">The module.</param>
/// <param name="wayOut">What helps where it cannot be called, for messages.</param>
internal sealed class ModuleRunner(ExportedModule exported, string wayOut = "switch the verification off")
{
    private readonly Device _device = exported.Module.parameters().FirstOrDefault()?.device ?? CPU;

    /// <summary>Runs the module.</summary>
    /// <exception cref="InvalidInputException">
    /// Its <c>forward</c> has a signature that is not known here, or returns what cannot be compared.
    /// </exception>
    internal NamedTensor[] Run(IReadOnlyList<NamedTensor?> inputs)
    {
        using var held = new TensorHold();
        Tensor?[] tensors =
            [.. inputs.Select(input => input is null ? null : TensorData.ToTensor(input, _device))];
        var outputs = exported.Converter?.Run(exported.Module, tensors)
            ?? ForwardSignature.Call(exported.Module, [.. tensors.Select(tensor => tensor!)])
            ?? throw Unknown(tensors.Length);
        return [.. outputs.Select(output => TensorData.ToNamed("", output) ?? throw NotCompared(output.dtype))];
    }

    private InvalidInputException Unknown(int inputs) => new(
        $"The forward of {TypeNames.Of(exported.Module)} cannot be called with {inputs} tensor(s), but one that " +
        "takes and returns nothing but tensors was expected. Give as many inputs as it takes, " +
        $"or {wayOut}.");

    private InvalidInputException NotCompared(ScalarType type) => new(
        $"forward returns {type}, but only Float32, Float64, Int64, Int32 and Bool can be verified: " +
        $"{wayOut}.");
}
