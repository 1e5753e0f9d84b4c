using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// The weights of a recurrent module. How many layers and directions it has, and whether it has biases, its parameters'
/// names say; the sizes, their shapes.
/// </summary>
internal static class RecurrentParameters
{
    /// <summary>The layers from the lowest up.</summary>
    /// <exception cref="NotSupportedException">The weights are not in single precision.</exception>
    internal static IReadOnlyList<RecurrentWeights> Read(nn.Module module, CellKind cell, RnnNonlinearity nonlinearity)
    {
        var parameters = module.named_parameters().ToDictionary(
            entry => entry.name, entry => entry.parameter, StringComparer.Ordinal);
        var layers = Enumerable.Range(0, parameters.Count)
            .TakeWhile(layer => parameters.ContainsKey($"weight_ih_l{layer}"));
        return [.. layers.Select(layer => Layer(parameters, cell, nonlinearity, layer))];
    }

    /// <summary>The size of a step's input.</summary>
    internal static long InputSize(nn.Module module) => First(module, "weight_ih_l0").shape[1];

    /// <summary>A parameter of the lowest layer.</summary>
    internal static Parameter First(nn.Module module, string name) =>
        module.named_parameters().First(entry => entry.name == name).parameter;

    private static RecurrentWeights Layer(
        Dictionary<string, Parameter> parameters, CellKind cell, RnnNonlinearity nonlinearity, int layer)
    {
        string[] possible = [$"l{layer}", $"l{layer}_reverse"];
        string[] suffixes = [.. possible.Where(suffix => parameters.ContainsKey($"weight_ih_{suffix}"))];
        var input = parameters[$"weight_ih_{suffixes[0]}"].shape[1];
        var hidden = parameters[$"weight_hh_{suffixes[0]}"].shape[1];
        var directions = suffixes.Select(suffix => Direction(parameters, suffix));
        return new(cell, nonlinearity, (int)input, (int)hidden, [.. directions]);
    }

    private static DirectionWeights Direction(Dictionary<string, Parameter> parameters, string suffix)
    {
        return new(Values("weight_ih"), Values("weight_hh"), Values("bias_ih"), Values("bias_hh"));

        float[] Values(string kind)
        {
            var name = $"{kind}_{suffix}";
            if (!parameters.TryGetValue(name, out var parameter))
            {
                return [];
            }

            return parameter.dtype == ScalarType.Float32
                ? TensorData.Values<float>(parameter)
                : throw new NotSupportedException(
                    $"'{name}' is of {parameter.dtype}, but Float32 was expected: " +
                    "convert the module with to(ScalarType.Float32) first.");
        }
    }
}
