namespace OnnxSentiment.OnnxExporter.Internals;

/// <summary>The functions of the reference evaluator.</summary>
internal static class ReferenceMath
{
    /// <summary>1 / (1 + e⁻ˣ), whose exponential may overflow to ∞ and then gives 0, as it should.</summary>
    internal static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    internal static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
