using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// What the modules of a tree keep in fields and buffers of their own: tensors, numbers, and tuples and lists of them.
/// Two of these, taken before and after a call, name what the call changed.
/// </summary>
internal sealed class StateFields
{
    private readonly Dictionary<string, IReadOnlyList<object?>> _values = new(StringComparer.Ordinal);

    private StateFields(ModulePaths paths)
    {
        foreach (var module in paths.Modules.Where(IsOfTheUser))
        {
            var path = paths.Of(module, "");
            foreach (var field in FieldsOf(module.GetType()))
            {
                Note(path, NameOf(field), field.GetValue(module));
            }

            foreach (var (name, buffer) in module.named_buffers(recurse: false))
            {
                Note(path, name, buffer);
            }
        }
    }

    /// <summary>What a tree keeps now.</summary>
    internal static StateFields Of(nn.Module root) => new(new ModulePaths(root));

    /// <summary>The names of what is another value than before, with their modules' paths.</summary>
    internal IReadOnlyList<string> ChangedSince(StateFields before) =>
        [.. _values.Where(entry => !Same(entry.Value, before._values.GetValueOrDefault(entry.Key)))
            .Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    private void Note(string path, string name, object? value)
    {
        if (TryFlatten(value, out var parts))
        {
            _values[path.Length == 0 ? name : $"{path}.{name}"] = parts;
        }
    }

    private static bool IsOfTheUser(nn.Module module) => module.GetType().Assembly != typeof(nn.Module).Assembly;

    private static IEnumerable<FieldInfo> FieldsOf(Type? type)
    {
        for (; type is not null && type.Assembly != typeof(nn.Module).Assembly; type = type.BaseType)
        {
            foreach (var field in type.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    // The compiler's field of a property has the property's name in angle brackets.
    private static string NameOf(FieldInfo field) =>
        field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>')] : field.Name;

    private static bool TryFlatten(object? value, out IReadOnlyList<object?> parts)
    {
        parts = value switch
        {
            null => [null],
            Tensor tensor => [tensor.IsInvalid ? null : TensorData.ToNamed("", tensor)?.Values],
            ITuple tuple => [.. Enumerable.Range(0, tuple.Length).SelectMany(i => Flatten(tuple[i]))],
            IEnumerable<Tensor> tensors => [.. tensors.SelectMany(Flatten)],
            IConvertible number => [number],
            _ => [],
        };
        return parts.Count > 0;
    }

    private static IReadOnlyList<object?> Flatten(object? value) => TryFlatten(value, out var parts) ? parts : [];

    private static bool Same(IReadOnlyList<object?> now, IReadOnlyList<object?>? before) =>
        before is not null && now.Count == before.Count && now.Zip(before).All(pair => Same(pair.First, pair.Second));

    private static bool Same(object? now, object? before) => (now, before) switch
    {
        (float[] a, float[] b) => a.AsSpan().SequenceEqual(b),
        (double[] a, double[] b) => a.AsSpan().SequenceEqual(b),
        (long[] a, long[] b) => a.AsSpan().SequenceEqual(b),
        (int[] a, int[] b) => a.AsSpan().SequenceEqual(b),
        (bool[] a, bool[] b) => a.AsSpan().SequenceEqual(b),
        _ => Equals(now, before),
    };
}
