using System.Globalization;
using System.Runtime.InteropServices;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>
/// Accounts for every initializer of a file and every tensor of a checkpoint: compared, or a constant of the expected
/// value.
/// </summary>
internal sealed class WeightLedger(GraphReader graph, Checkpoint checkpoint)
{
    private readonly Dictionary<string, WeightComparison> _comparisons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The constants and what they are for.</summary>
    internal IReadOnlyList<string> Constants => [.. _constants.Values];

    /// <summary>The comparisons in the checkpoint's order.</summary>
    internal IReadOnlyList<WeightComparison> Comparisons =>
        [.. checkpoint.Weights.Keys.Select(name => _comparisons.GetValueOrDefault(name)).OfType<WeightComparison>()];

    /// <summary>Compares an initializer with the tensors that it holds.</summary>
    /// <exception cref="GraphMismatchException">It is of another type or shape.</exception>
    internal void Compare(string value, long[] shape, StorageRule rule, params ReadOnlySpan<WeightPlace> places)
    {
        var stored = Find(value, rule.Element, shape);
        foreach (var place in places)
        {
            _comparisons.Add(place.Tensor, Compare(stored, shape, rule, place));
        }
    }

    /// <summary>The scales of a quantized initializer.</summary>
    /// <exception cref="GraphMismatchException">They are of another type or shape, or no scales.</exception>
    internal float[] Scales(string value, params long[] shape)
    {
        var stored = Find(value, DataType.Float, shape);
        var scales = MemoryMarshal.Cast<byte, float>(stored.RawData.Span).ToArray();
        if (Array.FindIndex(scales, scale => !float.IsFinite(scale) || scale <= 0) is >= 0 and var at)
        {
            throw new GraphMismatchException(
                $"'{stored.Name}' holds {scales[at]} at {PlaceOf(at, shape)}, but a positive scale was expected.");
        }

        Account(stored, "scales");
        return scales;
    }

    /// <summary>Checks constants that are whole numbers.</summary>
    /// <exception cref="GraphMismatchException">They are others, or of another type or shape.</exception>
    internal void Constant(string value, string purpose, long[] shape, params ReadOnlySpan<long> expected)
    {
        var stored = Find(value, DataType.Int64, shape);
        CheckValues(stored, MemoryMarshal.Cast<byte, long>(stored.RawData.Span), expected, purpose);
    }

    /// <summary>Checks a constant without dimensions.</summary>
    /// <exception cref="GraphMismatchException">It is another, or of another type or shape.</exception>
    internal void Scalar(string value, string purpose, float expected)
    {
        var stored = Find(value, DataType.Float, []);
        CheckValues(stored, MemoryMarshal.Cast<byte, float>(stored.RawData.Span), [expected], purpose);
    }

    /// <summary>Checks that a quantized initializer has the zero point 0 everywhere.</summary>
    /// <exception cref="GraphMismatchException">It has another, or is of another type or shape.</exception>
    internal void ZeroPoints(string value, params long[] shape)
    {
        var stored = Find(value, DataType.Int8, shape);
        if (stored.RawData.Span.IndexOfAnyExcept((byte)0) is >= 0 and var at)
        {
            throw new GraphMismatchException(
                $"'{stored.Name}' holds {(sbyte)stored.RawData.Span[at]} at {PlaceOf(at, shape)}, but the zero point 0 "
                + "was expected.");
        }

        Account(stored, "zero points, all 0");
    }

    /// <summary>What nobody has asked for: initializers without a purpose, and tensors that the file lacks.</summary>
    internal IEnumerable<string> Unaccounted() =>
    [
        .. from tensor in graph.Initializers
           where !_read.Contains(tensor.Name)
           select $"The file holds '{tensor.Name}' ({NameOf((DataType)tensor.DataType)} "
               + $"[{string.Join(", ", tensor.Dims)}]), which no tensor of the checkpoint explains.",
        .. from name in checkpoint.Weights.Keys
           where !_comparisons.ContainsKey(name)
           select $"The checkpoint's '{name}' is in no initializer of the file.",
    ];

    private WeightComparison Compare(TensorProto stored, long[] shape, StorageRule rule, WeightPlace place)
    {
        var tensor = checkpoint.Weights[place.Tensor];
        var rows = (int)tensor.Shape[0];
        var tally = new WeightTally(stored, shape, rule, place, tensor);
        for (var row = 0; row < rows; row++)
        {
            tally.AddRow(row);
        }

        return tally.ToComparison();
    }

    private TensorProto Find(string value, DataType element, long[] shape)
    {
        var tensor = graph.InitializerOf(value);
        if (tensor.DataType != (int)element || !tensor.Dims.SequenceEqual(shape) || !tensor.HasRawData)
        {
            throw new GraphMismatchException(
                $"'{tensor.Name}' is {NameOf((DataType)tensor.DataType)} [{string.Join(", ", tensor.Dims)}], but "
                + $"{NameOf(element)} [{string.Join(", ", shape)}] in raw_data was expected.");
        }

        _read.Add(tensor.Name);
        return tensor;
    }

    private void CheckValues<T>(
        TensorProto stored, ReadOnlySpan<T> found, ReadOnlySpan<T> expected, string purpose)
    {
        if (!found.SequenceEqual(expected))
        {
            throw new GraphMismatchException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{stored.Name}' holds [{Join(found)}] as {purpose}, but [{Join(expected)}] was expected."));
        }

        Account(stored, $"[{Join(found)}], {purpose}");
    }

    private void Account(TensorProto stored, string purpose) =>
        _constants[stored.Name] = _constants.TryGetValue(stored.Name, out var known)
            ? known.Contains(purpose, StringComparison.Ordinal) ? known : $"{known}; {purpose}"
            : $"{stored.Name}: {purpose}";

    private static string Join<T>(ReadOnlySpan<T> values) =>
        string.Join(", ", values.ToArray().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));

    private static string NameOf(DataType type) => type.ToString().ToLowerInvariant();

    private static string PlaceOf(int offset, long[] shape) => WeightTally.PlaceOf(offset, shape);
}
