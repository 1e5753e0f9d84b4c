using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// A layer of a Transformer's encoder as libtorch holds it, all but the number of heads and the activation, which no
/// parameter shows. Its normalizations stand after the sums, with libtorch's default ε; TorchSharp has no way to ask
/// for another.
/// </summary>
internal sealed record EncoderLayerParameters(
    AttentionParameters Attention,
    LinearParameters Expansion,
    LinearParameters Contraction,
    LinearParameters AttentionNorm,
    LinearParameters NetworkNorm)
{
    private const double Epsilon = 1e-5;

    /// <summary>Reads one.</summary>
    /// <param name="module">The layer, or the encoder that holds it.</param>
    /// <param name="prefix">What the names of its parameters begin with.</param>
    internal static EncoderLayerParameters Read(nn.Module module, string prefix)
    {
        var parameters = new NamedParameters(module, prefix);
        return new(
            AttentionParameters.Read(module, $"{prefix}self_attn."),
            parameters.Linear("linear1"), parameters.Linear("linear2"),
            parameters.Linear("norm1"), parameters.Linear("norm2"));
    }

    /// <summary>What the layer computes, time first and without masks.</summary>
    internal Tensor Apply(EncoderOptions options, Tensor x)
    {
        var y = Normalize(AttentionNorm, x + Attention.Attend(options.Heads, x, x, x));
        var expanded = Expansion.Apply(y);
        var bent = options.UsesGelu ? nn.functional.gelu(expanded) : nn.functional.relu(expanded);
        return Normalize(NetworkNorm, y + Contraction.Apply(bent));
    }

    /// <summary>The same for a graph.</summary>
    internal EncoderLayerWeights Copy(OnnxScope scope, string prefix, EncoderOptions options) => new(
        Attention.Copy(scope, $"{prefix}self_attn.", options.Heads),
        Expansion.Copy(scope, $"{prefix}linear1.weight", $"{prefix}linear1.bias"),
        Contraction.Copy(scope, $"{prefix}linear2.weight", $"{prefix}linear2.bias"),
        options.UsesGelu,
        CopyNorm(scope, $"{prefix}norm1", AttentionNorm),
        CopyNorm(scope, $"{prefix}norm2", NetworkNorm));

    private static NormalizationWeights CopyNorm(OnnxScope scope, string prefix, LinearParameters norm) =>
        new(scope.Weight($"{prefix}.weight", norm.Weight), scope.OptionalWeight($"{prefix}.bias", norm.Bias), Epsilon);

    private static Tensor Normalize(LinearParameters norm, Tensor x) =>
        nn.functional.layer_norm(x, norm.Weight.shape, norm.Weight, norm.Bias, Epsilon);
}

/// <summary>What no parameter of an encoder's layer shows.</summary>
internal readonly record struct EncoderOptions(int Heads, bool UsesGelu);
