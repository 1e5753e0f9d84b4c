using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals.Checks;

/// <summary>Calls an exported module, whose signature has to be made of tensors, where its weights are.</summary>
internal sealed class ModuleRunner(ExportedModule exported)
{
    private readonly Device _device = exported.Module.parameters().FirstOrDefault()?.device ?? CPU;

    /// <summary>Runs the module.</summary>
    /// <exception cref="InvalidInputException">Its <c>forward</c> has a signature that is not known here.</exception>
    internal TensorValues[] Run(IReadOnlyList<GraphInput?> inputs)
    {
        using var scope = NewDisposeScope();
        Tensor?[] tensors = [.. inputs.Select(input => input is null ? null : InputSampler.ToTensor(input, _device))];
        var outputs = exported.Converter?.Run(exported.Module, tensors) ?? Run(exported.Module, [.. tensors.Select(tensor => tensor!)]);
        return [.. outputs.Select(TensorValues.Of)];
    }

    private static Tensor[] Run(nn.Module module, Tensor[] x) => (module, x) switch
    {
        (nn.Module<Tensor, Tensor> m, [var a]) => [m.call(a)],
        (nn.Module<Tensor, (Tensor, Tensor)> m, [var a]) => Split(m.call(a)),
        (nn.Module<Tensor, (Tensor, Tensor, Tensor)> m, [var a]) => Split(m.call(a)),
        (nn.Module<Tensor, Tensor, Tensor> m, [var a, var b]) => [m.call(a, b)],
        (nn.Module<Tensor, Tensor, (Tensor, Tensor)> m, [var a, var b]) => Split(m.call(a, b)),
        (nn.Module<Tensor, Tensor, (Tensor, Tensor, Tensor)> m, [var a, var b]) => Split(m.call(a, b)),
        (nn.Module<Tensor, Tensor, Tensor, Tensor> m, [var a, var b, var c]) => [m.call(a, b, c)],
        (nn.Module<Tensor, Tensor, Tensor, (Tensor, Tensor)> m, [var a, var b, var c]) => Split(m.call(a, b, c)),
        (nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor> m, [var a, var b, var c, var d]) => [m.call(a, b, c, d)],
        _ => throw new InvalidInputException(
            $"The forward of {TypeNames.Of(module)} cannot be called with {x.Length} tensor(s): one to four tensors to one, or to a tuple of two or three, were expected. Give as many inputs as it takes, or switch the verification off."),
    };

    private static Tensor[] Split((Tensor, Tensor) outputs) => [outputs.Item1, outputs.Item2];

    private static Tensor[] Split((Tensor, Tensor, Tensor) outputs) => [outputs.Item1, outputs.Item2, outputs.Item3];
}
