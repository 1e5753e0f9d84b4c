namespace OnnxSentiment.OnnxExporter.Validation;

/// <summary>The outputs of a model.</summary>
public enum OutputKind
{
    /// <summary>The classifier's output before the sigmoid.</summary>
    Logit,

    /// <summary>The probability of the second label.</summary>
    Probability,
}

/// <summary>How far two computations may differ.</summary>
/// <param name="Absolute">Allowed at an expected value of zero.</param>
/// <param name="Relative">Allowed beyond that, as a share of the expected value.</param>
public sealed record Tolerance(double Absolute, double Relative)
{
    /// <summary>The rule: <c>|actual − expected| ≤ absolute + relative · |expected|</c>; never true for NaN or ∞.</summary>
    public bool Accepts(double actual, double expected) =>
        double.IsFinite(actual) && double.IsFinite(expected)
        && Math.Abs(actual - expected) <= Absolute + (Relative * Math.Abs(expected));
}

/// <summary>
/// The only table of tolerances. <b>Float32, logit:</b> single precision rounds to 6e-8 of a value; on random models of
/// every architecture, up to 200 tokens, sums over layers and steps end below 1e-6 away from double precision. 1e-4 leaves
/// room for other orders of summation on other processors, and is far below what a defect causes: swapped gates or
/// unmasked padding move a logit by 1e-2 and more. <b>Float32, probability:</b> the sigmoid's slope is at most 1/4, so the
/// same room is 2.5e-5; probabilities are what users see, so the bound is the tighter 1e-5.
/// <b>Fp16:</b> half precision rounds weights and states to 5e-4 of a value; the largest difference of a logit was 3e-3 on
/// random models of every architecture (ReLU networks, whose states are largest) and 9e-4 on 25,000 reviews, so 1e-2, and a
/// quarter of it for the probability. <b>Int8:</b> seven bits a recurrent weight and eight a state add up over the steps of
/// a text; the largest differences were 7e-2 of a logit and 1.2e-2 of a probability on 2,000 reviews, so 0.2, and a quarter
/// of it for the probability. Defects of smaller effect hide below that, which is why the exporter's single-precision graph
/// is compared first.
/// </summary>
public static class Tolerances
{
    private static readonly Tolerance Float32Logit = new(Absolute: 1e-4, Relative: 1e-4);
    private static readonly Tolerance Float32Probability = new(Absolute: 1e-5, Relative: 1e-5);
    private static readonly Tolerance Fp16Logit = new(Absolute: 1e-2, Relative: 1e-2);
    private static readonly Tolerance Fp16Probability = new(Absolute: 2.5e-3, Relative: 2.5e-3);
    private static readonly Tolerance Int8Logit = new(Absolute: 0.2, Relative: 0.05);
    private static readonly Tolerance Int8Probability = new(Absolute: 0.05, Relative: 0.05);

    /// <summary>The tolerance of an output at a precision.</summary>
    public static Tolerance For(OutputKind output, Precision precision) => (output, precision) switch
    {
        (OutputKind.Logit, Precision.Float32) => Float32Logit,
        (OutputKind.Probability, Precision.Float32) => Float32Probability,
        (OutputKind.Logit, Precision.Fp16) => Fp16Logit,
        (OutputKind.Probability, Precision.Fp16) => Fp16Probability,
        (OutputKind.Logit, Precision.Int8) => Int8Logit,
        (OutputKind.Probability, Precision.Int8) => Int8Probability,
        _ => throw new ArgumentOutOfRangeException(nameof(output), (output, precision), "No tolerance is known."),
    };
}
