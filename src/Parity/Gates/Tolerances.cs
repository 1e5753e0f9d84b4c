using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>The outputs of a model.</summary>
public enum OutputKind
{
    /// <summary>The classifier's outputs before logistic function or softmax.</summary>
    Logit,

    /// <summary>The probability of the second of two labels, or those of all.</summary>
    Probability,
}

/// <summary>How far two computations may differ.</summary>
/// <param name="Absolute">Allowed at an expected value of zero.</param>
/// <param name="Relative">Allowed beyond that, as a share of the expected value.</param>
public sealed record Tolerance(double Absolute, double Relative)
{
    /// <summary>
    /// The rule: <c>|actual − expected| ≤ absolute + relative · |expected|</c>; never true for NaN or ∞.
    /// </summary>
    public bool Accepts(double actual, double expected) =>
        double.IsFinite(actual) && double.IsFinite(expected) && Math.Abs(actual - expected) <= For(expected);

    /// <summary>How far a value may be from an expected one.</summary>
    public double For(double expected) => Absolute + (Relative * Math.Abs(expected));

    /// <summary>
    /// The tolerance among numbers of some magnitude: the absolute part grows and shrinks with it, as the relative part
    /// does anyway.
    /// </summary>
    /// <param name="magnitude">The typical magnitude; 1 changes nothing.</param>
    public Tolerance Scaled(double magnitude) => this with { Absolute = Absolute * magnitude };
}

/// <summary>
/// The only table of tolerances: an entry for each output, precision and hardware, with its reason. The entries are for
/// numbers of a magnitude of 1; each comparison scales them by what it compares (<see cref="Tolerance.Scaled"/>).
/// </summary>
public static partial class Tolerances
{
    /// <summary>
    /// Any tensor in single precision: <c>|actual − expected| ≤ absolute · scale + relative · |expected|</c>. The scale
    /// is the largest of the medians of |expected| over the whole tensor and over those slices of at least 8 numbers
    /// that share an index with the number, without zeros; at least 0.01, but at most 100 times the largest number.
    /// </summary>
    /// <remarks>
    /// Rounding follows the terms of a sum, not what is left of them, and the neighbors of a number show how large its
    /// terms are: by the standard bound |fl(Σ) − Σ| ≤ n · u · Σ|terms| (Higham, Accuracy and Stability of Numerical
    /// Algorithms, 2002, section 4.2). Medians, so that one huge number hides no fault in the others; over slices, so
    /// that a channel of large weights is judged by itself. <c>RoundingTests</c> and <c>FaultTests</c> hold both sides.
    /// </remarks>
    public static Tolerance Float32Tensor { get; } = new(Absolute: 1e-4, Relative: 1e-4);

    // Single precision rounds to 6e-8 of a value; on random models of every architecture, up to 200 tokens, sums over
    // layers and steps end below 1e-6 away from double precision. 1e-4 leaves room for other orders of summation on
    // other hardware (2.4e-6 on a GPU), and is far below what a defect causes: swapped gates or unmasked padding move a
    // logit by 1e-2 and more.
    private static readonly Tolerance Float32Logit = new(Absolute: 1e-4, Relative: 1e-4);

    // The sigmoid's slope is at most 1/4, so the same room is 2.5e-5; probabilities are what users see, so the tighter
    // 1e-5.
    private static readonly Tolerance Float32Probability = new(Absolute: 1e-5, Relative: 1e-5);

    // Half precision rounds weights and states to 5e-4 of a value; the largest difference was 3e-3 on random models of
    // every architecture (ReLU networks, whose states are largest) and 9e-4 on 25,000 reviews. TF32 keeps as many bits
    // of the factors of a product, with sums in single precision (7.1e-4 on a GPU).
    private static readonly Tolerance Fp16Logit = new(Absolute: 1e-2, Relative: 1e-2);

    // A quarter of the logit's. Softmax moves a probability by at most half of the largest difference of the logits,
    // twice as much as the logistic function; on random models of 3 and 10 labels the largest difference was 8.5e-4.
    private static readonly Tolerance Fp16Probability = new(Absolute: 2.5e-3, Relative: 2.5e-3);

    // cuDNN is asked for half precision in the sums as well, so that each of up to 200 steps rounds the state to 5e-4,
    // a random walk of 14 times that: 7e-3 of a state near 1, over a hundred weights of some 0.1 about as much of the
    // logit (docs/gpu.md).
    private static readonly Tolerance HalfSumsLogit = new(Absolute: 5e-2, Relative: 5e-2);

    // A quarter of the logit's; 1.0e-2 on a GPU, by a plain network of two layers.
    private static readonly Tolerance HalfSumsProbability = new(Absolute: 1.25e-2, Relative: 1.25e-2);

    // Seven bits a recurrent weight and eight a state add up over the steps of a text: 7e-2 on 2,000 reviews. Defects
    // of smaller effect hide below that, which is why VerifiedExport compares the graph in single precision first.
    private static readonly Tolerance Int8Logit = new(Absolute: 0.2, Relative: 0.05);

    // A quarter of the logit's; 1.2e-2 on 2,000 reviews, 2.0e-3 on random models of 3 and 10 labels.
    private static readonly Tolerance Int8Probability = new(Absolute: 0.05, Relative: 0.05);

    /// <summary>The tolerance of an output at a precision, on some hardware.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing computes that: CUDA has no layers of 8 bits.</exception>
    public static Tolerance For(OutputKind output, Precision precision, ComputeMode mode = ComputeMode.Cpu) =>
        (output, precision, mode) switch
        {
            (OutputKind.Logit, Precision.Float32, ComputeMode.Cpu or ComputeMode.Cuda) => Float32Logit,
            (OutputKind.Probability, Precision.Float32, ComputeMode.Cpu or ComputeMode.Cuda) => Float32Probability,
            (OutputKind.Logit, Precision.Float32, ComputeMode.CudaTf32) => Fp16Logit,
            (OutputKind.Probability, Precision.Float32, ComputeMode.CudaTf32) => Fp16Probability,
            (OutputKind.Logit, Precision.Fp16, ComputeMode.Cpu) => Fp16Logit,
            (OutputKind.Probability, Precision.Fp16, ComputeMode.Cpu) => Fp16Probability,
            (OutputKind.Logit, Precision.Fp16, ComputeMode.Cuda or ComputeMode.CudaTf32) => HalfSumsLogit,
            (OutputKind.Probability, Precision.Fp16, ComputeMode.Cuda or ComputeMode.CudaTf32) => HalfSumsProbability,
            (OutputKind.Logit, Precision.Int8, ComputeMode.Cpu) => Int8Logit,
            (OutputKind.Probability, Precision.Int8, ComputeMode.Cpu) => Int8Probability,
            _ =>
                throw new ArgumentOutOfRangeException(
                    nameof(output), (output, precision, mode), "No tolerance is known."),
        };
}
