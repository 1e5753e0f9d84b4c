using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// Which dimensions of the inputs of two files are the same: those at the same place of two inputs that belong
/// together, and those of one name in one file. A size that is fixed anywhere is fixed for all of its class.
/// </summary>
internal sealed class SizeClasses
{
    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Size, string Where)> _sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The class of a dimension.</summary>
    /// <param name="scope">The file; names mean nothing across files.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="input">Its input's name.</param>
    /// <param name="axis">Its place there.</param>
    /// <exception cref="InvalidInputException">It is fixed at another size already.</exception>
    internal string Add(string scope, Dimension dimension, string input, int axis)
    {
        var key = $"{scope}/{dimension.Symbol ?? $"{input}[{axis}]"}";
        var name = dimension.Symbol ?? $"axis {axis} of {input}";
        if (_parents.TryAdd(key, key))
        {
            _names[key] = name;
        }

        if (dimension.Size is { } size)
        {
            Fix(key, size, $"{input} of {scope}");
        }

        return key;
    }

    /// <summary>Makes two classes one.</summary>
    /// <exception cref="InvalidInputException">They are fixed at different sizes.</exception>
    internal void Join(string a, string b)
    {
        var (root, other) = (Root(a), Root(b));
        if (root == other)
        {
            return;
        }

        _parents[other] = root;
        if (_sizes.Remove(other, out var size))
        {
            Fix(root, size.Size, size.Where);
        }
    }

    /// <summary>Fixes the size of a class.</summary>
    /// <exception cref="InvalidInputException">It is fixed at another one already.</exception>
    internal void Fix(string key, long size, string where)
    {
        var root = Root(key);
        if (_sizes.TryGetValue(root, out var known) && known.Size != size)
        {
            throw new InvalidInputException(
                $"The dimension '{_names[root]}' is {known.Size} in {known.Where}, but {size} in {where}: " +
                "no input fits both. Export both with the same sizes, or with named dimensions.");
        }

        _sizes[root] = (size, where);
    }

    /// <summary>Fixes all classes of a name; false where there is none.</summary>
    internal bool FixNamed(string name, long size, string where)
    {
        string[] keys = [.. _names.Where(entry => entry.Value == name).Select(entry => entry.Key)];
        Array.ForEach(keys, key => Fix(key, size, where));
        return keys.Length > 0;
    }

    /// <summary>The size that is fixed, or the class under whose name sizes are planned.</summary>
    internal (long? Size, string Class) Of(string key)
    {
        var root = Root(key);
        return (_sizes.TryGetValue(root, out var size) ? size.Size : null, root);
    }

    /// <summary>A class's name, for people.</summary>
    internal string NameOf(string root) => _names[root];

    private string Root(string key)
    {
        while (_parents[key] != key)
        {
            key = _parents[key];
        }

        return key;
    }
}
