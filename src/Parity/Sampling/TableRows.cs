using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>
/// The rows in which the tables of two files differ most. Random ids meet few rows of a large table; these are the ones
/// that show whether a difference matters.
/// </summary>
internal static class TableRows
{
    private const int Most = 64;

    /// <summary>The rows, the most different first; none where the tables are equal or cannot be compared.</summary>
    internal static IReadOnlyList<long> MostDifferent(TensorProto? actual, TensorProto? expected)
    {
        if (NumbersOf(actual) is not { } a || NumbersOf(expected) is not { } e
            || !actual!.Dims.SequenceEqual(expected!.Dims))
        {
            return [];
        }

        var width = a.Length / Math.Max(1, (int)actual.Dims[0]);
        return [.. Enumerable.Range(0, width == 0 ? 0 : (int)actual.Dims[0])
            .Select(row => (Row: (long)row, Difference: Largest(a, e, row * width, width)))
            .Where(row => row.Difference > 0).OrderByDescending(row => row.Difference).Take(Most)
            .Select(row => row.Row)];
    }

    private static double Largest(double[] a, double[] e, int start, int count)
    {
        var largest = 0.0;
        for (var i = start; i < start + count; i++)
        {
            // NaN on one side alone is the largest difference of all.
            var difference = a[i].Equals(e[i]) ? 0 : Math.Abs(a[i] - e[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    private static double[]? NumbersOf(TensorProto? tensor)
    {
        try
        {
            return tensor is null ? null : NamedTensor.FromProto(tensor).ToDoubles();
        }
        catch (Exception e) when (e is InvalidInputException or InvalidOperationException)
        {
            return null;
        }
    }
}
