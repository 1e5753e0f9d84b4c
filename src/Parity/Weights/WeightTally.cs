using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>Compares one tensor of a checkpoint row by row with where an initializer holds it.</summary>
internal sealed class WeightTally(
    TensorProto stored, IReadOnlyList<long> shape, StorageRule rule, WeightPlace place, SafetensorsTensor tensor)
{
    private readonly int _columns = tensor.Shape.Count == 1 ? 1 : (int)tensor.Shape[1];
    private int _different;
    private double _largest;
    private string _failure = "";

    internal void AddRow(int row)
    {
        var trained = tensor.AsFloats().Slice(row * _columns, _columns);
        var data = stored.RawData.Span;
        var (largestStored, largestTrained) = (0.0, 0.0);
        for (var column = 0; column < _columns; column++)
        {
            var offset = place.Offset(row, column);
            var (found, expected) = (rule.Stored(data, offset), trained[column]);
            var difference = Math.Abs(found - expected);
            _largest = difference > _largest && double.IsFinite(difference) ? difference : _largest;
            (largestStored, largestTrained) =
                (Math.Max(largestStored, Math.Abs(found)), Math.Max(largestTrained, Math.Abs(expected)));
            if (!rule.Accepts(data, offset, expected))
            {
                Reject(PlaceOf(offset, shape), found, PlaceOf((row * _columns) + column, tensor.Shape), expected);
            }
        }

        if (!rule.AcceptsLargest(largestStored, largestTrained))
        {
            Reject(", whose scale,", largestStored, $", whose largest weight of row {row}", largestTrained);
        }
    }

    internal WeightComparison ToComparison() => new()
    {
        Tensor = place.Tensor,
        Initializer = stored.Name,
        Values = tensor.AsFloats().Length,
        Different = _different,
        LargestDifference = _largest,
        Failure = _different == 0
            ? ""
            : $"{_failure} {_different:N0} of {tensor.AsFloats().Length:N0} values of {place.Tensor} differ; expected "
                + $"{rule.Name}.",
    };

    /// <summary>The indices of an element, for messages: <c>[1, 0, 4]</c>.</summary>
    internal static string PlaceOf(int offset, IReadOnlyList<long> shape)
    {
        var (indices, rest) = (new long[shape.Count], (long)offset);
        for (var i = shape.Count - 1; i >= 0; i--)
        {
            (rest, indices[i]) = Math.DivRem(rest, shape[i]);
        }

        return $"[{string.Join(", ", indices)}]";
    }

    private void Reject(string storedAt, double found, string trainedAt, double expected)
    {
        if (_different++ == 0)
        {
            _failure = string.Create(
                CultureInfo.InvariantCulture,
                $"'{stored.Name}'{storedAt} holds {found:G9}, but {place.Tensor}{trainedAt} is {expected:G9}.");
        }
    }
}
