using System.Numerics;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>A matrix of the reference evaluator, in double precision.</summary>
internal sealed class ReferenceMatrix
{
    private readonly double[] _values;
    private readonly int _columns;

    private ReferenceMatrix(double[] values, int columns)
    {
        _values = values;
        _columns = columns;
    }

    internal static ReferenceMatrix Of(Checkpoint checkpoint, string name) =>
        new(VectorOf(checkpoint, name), (int)checkpoint.Weights[name].Shape[1]);

    internal static double[] VectorOf(Checkpoint checkpoint, string name)
    {
        var floats = checkpoint.Weights[name].AsFloats();
        var values = new double[floats.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = floats[i];
        }

        return values;
    }

    internal double[] Row(long row) => _values.AsSpan(checked((int)row) * _columns, _columns).ToArray();

    internal double[] Times(double[] vector)
    {
        if (vector.Length != _columns)
        {
            throw new ArgumentException(
                $"A vector of {vector.Length} does not fit {_columns} columns.", nameof(vector));
        }

        var product = new double[_values.Length / _columns];
        for (var row = 0; row < product.Length; row++)
        {
            product[row] = Dot(_values.AsSpan(row * _columns, _columns), vector);
        }

        return product;
    }

    // Nearly all of the evaluator's time is spent here, so that several products are made at once.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sums = Vector<double>.Zero;
        var column = 0;
        for (; column <= a.Length - Vector<double>.Count; column += Vector<double>.Count)
        {
            sums += new Vector<double>(a[column..]) * new Vector<double>(b[column..]);
        }

        var sum = Vector.Sum(sums);
        for (; column < a.Length; column++)
        {
            sum += a[column] * b[column];
        }

        return sum;
    }
}
