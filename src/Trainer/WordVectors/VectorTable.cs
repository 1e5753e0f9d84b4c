using System.Numerics;
using System.Runtime.InteropServices;

namespace OnnxSentiment.Trainer;

/// <summary>
/// A vector for each word, in rows of whole SIMD vectors. What a row has beyond the size asked for is zero and stays
/// zero, because rows only ever change by multiples of other rows.
/// </summary>
internal sealed class VectorTable
{
    private readonly float[] _values;
    private readonly int _stride;

    internal VectorTable(int rows, int size)
    {
        (Rows, Size) = (rows, size);
        _stride = (size + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _values = new float[checked(rows * _stride)];
    }

    internal int Rows { get; }

    /// <summary>Components of a vector.</summary>
    internal int Size { get; }

    internal Span<Vector<float>> Row(int row) =>
        MemoryMarshal.Cast<float, Vector<float>>(_values.AsSpan(row * _stride, _stride));

    internal Span<float> Components(int row) => _values.AsSpan(row * _stride, Size);

    internal void CopyFrom(VectorTable other) => other._values.CopyTo(_values, 0);

    internal static float Dot(ReadOnlySpan<Vector<float>> a, ReadOnlySpan<Vector<float>> b)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return Vector.Sum(sum);
    }

    /// <summary>target += factor · source</summary>
    internal static void Add(Span<Vector<float>> target, float factor, ReadOnlySpan<Vector<float>> source)
    {
        var factors = new Vector<float>(factor);
        for (var i = 0; i < target.Length && i < source.Length; i++)
        {
            target[i] += factors * source[i];
        }
    }
}
