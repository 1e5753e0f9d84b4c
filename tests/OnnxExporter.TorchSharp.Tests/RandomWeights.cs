using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// Weights and statistics that differ from place to place, as training would leave them and no initialisation does.
/// </summary>
internal static class RandomWeights
{
    private const double Scale = 0.5;

    /// <summary>Overwrites all parameters and buffers.</summary>
    public static TModule Fill<TModule>(TModule module)
        where TModule : nn.Module
    {
        using var _ = no_grad();
        foreach (var parameter in module.parameters())
        {
            parameter.copy_(randn(parameter.shape) * Scale);
        }

        foreach (var (name, buffer) in module.named_buffers().Where(entry => entry.buffer.is_floating_point()))
        {
            var isVariance = name.EndsWith("var", StringComparison.Ordinal);
            buffer.copy_(isVariance ? rand(buffer.shape) + 0.5 : randn(buffer.shape));
        }

        return module;
    }
}
