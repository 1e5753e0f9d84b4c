using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>What a module's type says of its <c>forward</c>: how many tensors it takes, and how to call it.</summary>
internal static class ForwardSignature
{
    /// <summary>How many tensors it takes; null where it takes something else too.</summary>
    internal static int? TensorsOf(nn.Module module)
    {
        // The last one is what it returns.
        var taken = BaseOf(module)?.GetGenericArguments()[..^1];
        return taken is not null && Array.TrueForAll(taken, argument => argument == typeof(Tensor))
            ? taken.Length
            : null;
    }

    /// <summary>
    /// Calls it, hooks included; null where it does not take as many tensors or returns something else than tensors.
    /// </summary>
    internal static Tensor[]? Call(nn.Module module, Tensor[] inputs)
    {
        if (TensorsOf(module) != inputs.Length)
        {
            return null;
        }

        var call = BaseOf(module)!.GetMethod("call", [.. inputs.Select(_ => typeof(Tensor))])!;
        return call.Invoke(module, BindingFlags.DoNotWrapExceptions, binder: null, [.. inputs], culture: null) switch
        {
            Tensor output => [output],
            IEnumerable<Tensor> outputs => [.. outputs],
            ITuple outputs => Elements(outputs),
            _ => null,
        };
    }

    private static Tensor[]? Elements(ITuple outputs)
    {
        Tensor[] tensors = [.. Enumerable.Range(0, outputs.Length).Select(i => outputs[i]).OfType<Tensor>()];
        return tensors.Length == outputs.Length ? tensors : null;
    }

    private static Type? BaseOf(nn.Module module)
    {
        var type = module.GetType();
        while (type is not null
            && !(type.IsGenericType && type.Name.StartsWith($"{nameof(nn.Module)}`", StringComparison.Ordinal)))
        {
            type = type.BaseType;
        }

        return type;
    }
}
