using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>The functions of the reference evaluator.</summary>
internal static class ReferenceMath
{
    /// <summary>1 / (1 + e⁻ˣ), whose exponential may overflow to ∞ and then gives 0, as it should.</summary>
    internal static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>eˣ over its sum, shifted so that the largest exponential is 1.</summary>
    internal static double[] Softmax(double[] x)
    {
        var largest = x.Max();
        var powers = x.Select(value => Math.Exp(value - largest)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    /// <summary>The sum of two vectors of equal length.</summary>
    internal static double[] Plus(double[] a, double[] b)
    {
        var sum = new double[a.Length];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = a[i] + b[i];
        }

        return sum;
    }
}
