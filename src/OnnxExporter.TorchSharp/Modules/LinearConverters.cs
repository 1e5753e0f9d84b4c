using TorchSharp.Modules;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Products with weights.</summary>
internal static class LinearConverters
{
    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<Linear>(
            new(
                "`[…, in]` of any rank from 2", "with bias or without", "a vector without a batch",
                "Gemm for matrices, else MatMul, Add"),
            AddLinear),
        new(
            typeof(Bilinear),
            new(
                "`[batch, in1]`, `[batch, in2]`", "with bias or without", "more dimensions",
                "MatMul, Reshape, Unsqueeze, Squeeze, Add"),
            [new("input1"), new("input2")],
            [ModuleConverter.SingleOutput],
            (scope, module, inputs) => [scope.Value(AddBilinear(scope, (Bilinear)module, inputs[0]!, inputs[1]!))],
            (module, inputs) => [((Bilinear)module).call(inputs[0]!, inputs[1]!)]),
    ];

    private static string AddLinear(OnnxScope scope, Linear linear, OnnxValue x)
    {
        if (x.KnownShape is not { Count: > 1 })
        {
            throw scope.Wrong($"its input is {x}, but at least two dimensions, [batch, in], were expected");
        }

        var size = linear.weight.shape[1];
        if (x.Shape[^1].Size is { } given && given != size)
        {
            throw scope.Wrong($"its input is {x}, but [..., {size}] was expected");
        }

        return LinearLayer.Add(
            scope.Graph, scope.Name,
            scope.Weight("weight", linear.weight), scope.OptionalWeight("bias", linear.bias), x.Name);
    }

    private static string AddBilinear(OnnxScope scope, Bilinear bilinear, OnnxValue x1, OnnxValue x2)
    {
        scope.RequireRank(x1, "[batch, in1]", 2);
        scope.RequireRank(x2, "[batch, in2]", 2);
        return BilinearLayer.Add(
            scope.Graph, scope.Name,
            scope.Weight("weight", bilinear.weight), scope.OptionalWeight("bias", bilinear.bias), x1.Name, x2.Name);
    }
}
