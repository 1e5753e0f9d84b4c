using OnnxSentiment.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>The parameters of a native module by their names, which have a prefix in common.</summary>
internal sealed class NamedParameters(nn.Module module, string prefix = "")
{
    private readonly Dictionary<string, Parameter> _parameters =
        module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter, StringComparer.Ordinal);

    /// <summary>A parameter, or null where the module has none of this name.</summary>
    internal Tensor? Find(string name) => _parameters.GetValueOrDefault(prefix + name)?.detach();

    internal Tensor Get(string name) =>
        Find(name) ?? throw new NotSupportedException(
            $"it has no parameter '{prefix}{name}', but TorchSharp's own layout was expected");

    internal LinearParameters Linear(string name) => new(Get($"{name}.weight"), Find($"{name}.bias"));
}

/// <summary>A linear layer as libtorch holds it.</summary>
internal sealed record LinearParameters(Tensor Weight, Tensor? Bias)
{
    internal Tensor Apply(Tensor x) => nn.functional.linear(x, Weight, Bias);

    /// <summary>The same for a graph.</summary>
    /// <param name="scope">Where the module is exported.</param>
    /// <param name="weight">The name of the weight below the module.</param>
    /// <param name="bias">The name of the bias.</param>
    internal LinearWeights Copy(OnnxScope scope, string weight, string bias) =>
        new(scope.Weight(weight, Weight), scope.OptionalWeight(bias, Bias));
}

/// <summary>
/// A multi-head attention as libtorch holds it, all but the number of its heads, which no parameter shows.
/// </summary>
internal sealed record AttentionParameters(
    LinearParameters Query, LinearParameters Key, LinearParameters Value, LinearParameters Output)
{
    /// <summary>
    /// Reads one; the three projections lie in one matrix unless keys or values have sizes of their own.
    /// </summary>
    /// <exception cref="NotSupportedException">The module adds a key and a value of its own.</exception>
    internal static AttentionParameters Read(nn.Module module, string prefix)
    {
        var parameters = new NamedParameters(module, prefix);
        if (parameters.Find("bias_k") is not null)
        {
            throw new NotSupportedException("add_bias_kv is not supported");
        }

        var weights = parameters.Find("in_proj_weight")?.chunk(3)
            ?? [parameters.Get("q_proj_weight"), parameters.Get("k_proj_weight"), parameters.Get("v_proj_weight")];
        var biases = parameters.Find("in_proj_bias")?.chunk(3) ?? new Tensor?[3];
        return new(
            new(weights[0], biases[0]), new(weights[1], biases[1]), new(weights[2], biases[2]),
            parameters.Linear("out_proj"));
    }

    /// <summary>The size of the result.</summary>
    internal long Size => Output.Weight.shape[0];

    /// <summary>All numbers of heads that there can be.</summary>
    internal IEnumerable<int> PossibleHeads => Enumerable.Range(1, (int)Size).Where(heads => Size % heads == 0);

    /// <summary>What the attention computes with a number of heads, time first and without masks.</summary>
    internal Tensor Attend(int heads, Tensor query, Tensor key, Tensor value)
    {
        var (q, k, v) = (Cut(Query.Apply(query)), Cut(Key.Apply(key)), Cut(Value.Apply(value)));
        var shares = nn.functional.softmax(matmul(q, k.transpose(-2, -1)) / Math.Sqrt((double)Size / heads), -1);
        return Output.Apply(matmul(shares, v).permute(2, 0, 1, 3).flatten(2));

        Tensor Cut(Tensor x) => x.unflatten(2, [heads, Size / heads]).permute(1, 2, 0, 3);
    }

    /// <summary>The same for a graph.</summary>
    internal MultiheadWeights Copy(OnnxScope scope, string prefix, int heads) => new(
        heads,
        Query.Copy(scope, $"{prefix}q_proj_weight", $"{prefix}q_proj_bias"),
        Key.Copy(scope, $"{prefix}k_proj_weight", $"{prefix}k_proj_bias"),
        Value.Copy(scope, $"{prefix}v_proj_weight", $"{prefix}v_proj_bias"),
        Output.Copy(scope, $"{prefix}out_proj.weight", $"{prefix}out_proj.bias"));
}
