using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals;

/// <summary>What a module's type says of its <c>forward</c>.</summary>
internal static class ForwardSignature
{
    /// <summary>How many tensors it takes; null where it takes something else too.</summary>
    internal static int? TensorsOf(nn.Module module)
    {
        var type = module.GetType();
        while (type is not null && !(type.IsGenericType && type.Name.StartsWith($"{nameof(nn.Module)}`", StringComparison.Ordinal)))
        {
            type = type.BaseType;
        }

        // The last one is what it returns.
        var taken = type?.GetGenericArguments()[..^1];
        return taken is not null && Array.TrueForAll(taken, argument => argument == typeof(Tensor)) ? taken.Length : null;
    }
}
