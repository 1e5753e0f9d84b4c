using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Calls an exported module, whose signature has to be made of tensors, where its weights are.</summary>
internal sealed class ModuleRunner(ExportedModule exported)
{
    private readonly Device _device = exported.Module.parameters().FirstOrDefault()?.device ?? CPU;

    /// <summary>Runs the module.</summary>
    /// <exception cref="InvalidInputException">Its <c>forward</c> has a signature that is not known here.</exception>
    internal TensorValues[] Run(IReadOnlyList<GraphInput?> inputs)
    {
        using var held = new TensorHold();
        Tensor?[] tensors = [.. inputs.Select(input => input is null ? null : InputSampler.ToTensor(input, _device))];
        var outputs = exported.Converter?.Run(exported.Module, tensors)
            ?? ForwardSignature.Call(exported.Module, [.. tensors.Select(tensor => tensor!)])
            ?? throw Unknown(tensors.Length);
        return [.. outputs.Select(TensorValues.Of)];
    }

    private InvalidInputException Unknown(int inputs) => new(
        $"The forward of {TypeNames.Of(exported.Module)} cannot be called with {inputs} tensor(s), but one that takes and returns nothing but tensors was expected. Give as many inputs as it takes, or switch the verification off.");
}
