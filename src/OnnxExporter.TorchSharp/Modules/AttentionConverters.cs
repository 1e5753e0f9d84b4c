using OnnxSentiment.Onnx;
using static TorchSharp.torch;
using Modules = TorchSharp.Modules;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Attention, and the encoder of a Transformer.</summary>
internal static class AttentionConverters
{
    private const string Operators = "MatMul, Add, Reshape, Transpose, Mul, Softmax; Where, Unsqueeze for masks";
    private const string EncoderOperators = "as MultiheadAttention, LayerNormalization, Relu or Erf";
    private const string Sequences =
        "`[sequence, batch, embedding]`; mask `[sequence, sequence]` and padding mask `[batch, sequence]` " +
        "as optional inputs";

    private static readonly ModulePort[] EncoderPorts =
        [new("src"), new("src_mask", IsOptional: true), new("src_key_padding_mask", IsOptional: true)];

    private static readonly ModuleSupport Attention = new(
        "query `[target, batch, embedding]`, key and value `[source, batch, …]`; padding mask `[batch, source]` " +
        "and mask `[target, source]` as optional inputs",
        "num_heads, kdim and vdim (libtorch wants them equal), with bias or without, dropout; " +
        "the padding mask is Bool, the mask Float32",
        "add_bias_kv, add_zero_attn, a mask for each head, a Bool mask (libtorch adds it as 0 and 1)",
        Operators);

    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        new(
            typeof(Modules.MultiheadAttention),
            Attention,
            [
                new("query"), new("key"), new("value"),
                new("key_padding_mask", IsOptional: true), new("attn_mask", IsOptional: true),
            ],
            ["output", "weights"],
            (scope, module, inputs) => AddAttention(scope, (Modules.MultiheadAttention)module, inputs),
            (module, inputs) => Run((Modules.MultiheadAttention)module, inputs)),
        new(
            typeof(Modules.TransformerEncoderLayer),
            new(Sequences, "nhead, dim_feedforward, activation ReLU and GELU, dropout", "", EncoderOperators),
            EncoderPorts,
            [ModuleConverter.SingleOutput],
            (scope, module, inputs) => AddLayer(scope, (Modules.TransformerEncoderLayer)module, inputs),
            (module, inputs) => [((Modules.TransformerEncoderLayer)module).call(inputs[0]!, inputs[1]!, inputs[2]!)]),
        new(
            typeof(Modules.TransformerEncoder),
            new(Sequences, "num_layers; of its layers as above", "", EncoderOperators),
            EncoderPorts,
            [ModuleConverter.SingleOutput],
            (scope, module, inputs) => AddEncoder(scope, (Modules.TransformerEncoder)module, inputs),
            (module, inputs) => [((Modules.TransformerEncoder)module).call(inputs[0]!, inputs[1]!, inputs[2]!)]),
    ];

    private static OnnxValue[] AddAttention(
        OnnxScope scope, Modules.MultiheadAttention attention, IReadOnlyList<OnnxValue?> inputs)
    {
        foreach (var input in inputs.Take(3))
        {
            scope.RequireRank(input!, "[sequence, batch, size]", 3);
        }

        using var _ = NewDisposeScope();
        var parameters = AttentionParameters.Read(attention, "");
        var heads = AttentionProbe.HeadsOf(attention, parameters)
            ?? throw scope.Unsupported("no number of heads explains what it computes; add_zero_attn is not supported");
        var (output, shares) = MultiheadAttentionLayer.Add(
            scope.Graph, scope.Name, parameters.Copy(scope, "", heads),
            new(
                inputs[0]!.Name, inputs[1]!.Name, inputs[2]!.Name,
                Mask(scope, inputs[3], ScalarType.Bool), Mask(scope, inputs[4], ScalarType.Float32)));
        return [scope.Value(output), scope.Value(scope.Graph.ReduceMean($"{scope.Name}/weights", shares, axis: 1))];
    }

    private static OnnxValue[] AddLayer(
        OnnxScope scope, Modules.TransformerEncoderLayer layer, IReadOnlyList<OnnxValue?> inputs)
    {
        using var _ = NewDisposeScope();
        EncoderLayerParameters[] layers = [EncoderLayerParameters.Read(layer, "")];
        var options = AttentionProbe.OptionsOf(layer, layers, x => layer.call(x, null!, null!));
        return AddLayers(scope, layers, [""], options, inputs);
    }

    private static OnnxValue[] AddEncoder(
        OnnxScope scope, Modules.TransformerEncoder encoder, IReadOnlyList<OnnxValue?> inputs)
    {
        using var _ = NewDisposeScope();
        var names = encoder.named_parameters().Select(entry => entry.name).ToHashSet(StringComparer.Ordinal);
        var possible = Enumerable.Range(0, names.Count).Select(i => $"layers.{i}.");
        string[] prefixes = [.. possible.TakeWhile(prefix => names.Contains($"{prefix}linear1.weight"))];
        EncoderLayerParameters[] layers = [.. prefixes.Select(prefix => EncoderLayerParameters.Read(encoder, prefix))];
        var options = AttentionProbe.OptionsOf(encoder, layers, x => encoder.call(x, null!, null!));
        return AddLayers(scope, layers, prefixes, options, inputs);
    }

    private static OnnxValue[] AddLayers(
        OnnxScope scope, EncoderLayerParameters[] layers, string[] prefixes, EncoderOptions? found,
        IReadOnlyList<OnnxValue?> inputs)
    {
        scope.RequireRank(inputs[0]!, "[sequence, batch, embedding]", 3);
        var options = found ?? throw scope.Unsupported(
            "no number of heads and activation, or more than one, explain what it computes");
        var (mask, padding) = (Mask(scope, inputs[1], ScalarType.Float32), Mask(scope, inputs[2], ScalarType.Bool));
        var x = inputs[0]!.Name;
        for (var i = 0; i < layers.Length; i++)
        {
            var name = prefixes[i].Length == 0 ? scope.Name : $"{scope.Name}.{prefixes[i].TrimEnd('.')}";
            var weights = layers[i].Copy(scope, prefixes[i], options);
            x = TransformerEncoderLayer.AddLayer(scope.Graph, name, weights, x, mask, padding);
        }

        return [scope.Value(x)];
    }

    // libtorch blocks by a Boolean padding mask, but adds any other mask to the scores, a Boolean one as 0 and 1.
    private static string Mask(OnnxScope scope, OnnxValue? mask, ScalarType type)
    {
        if (mask is null)
        {
            return "";
        }

        scope.RequireRank(mask, "a mask of two dimensions", 2);
        return mask.Type == type ? mask.Name : throw scope.Wrong(
            $"a mask is {mask}, but {type} was expected: a padding mask is Bool, true where nobody looks; " +
            "the other is Float32, which libtorch adds to the scores, so that -∞ blocks and a Bool would only add 1");
    }

    private static Tensor[] Run(Modules.MultiheadAttention attention, IReadOnlyList<Tensor?> inputs)
    {
        var (output, weights) = attention.call(
            inputs[0]!, inputs[1]!, inputs[2]!, inputs[3]!, need_weights: true, inputs[4]!);
        return [output, weights];
    }
}
