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
/// is compared first. <b>Softmax</b> moves a probability by at most half of the largest difference of the logits, twice as much
/// as the logistic function in the worst case; on random models of 3 and 10 labels of every architecture the largest differences
/// of a probability were 8.5e-4 in fp16 and 2.0e-3 in int8, so the bounds are the same.
/// <b>CUDA</b>: reasoned; in brackets, the largest differences of a logit that a GPU showed (docs/gpu.md). <b>Float32</b>
/// without TF32: the same roundings in another order, so the same bounds (2.4e-6). <b>TF32</b>: factors keep 10 bits after
/// the point as in half precision (5e-4 of a value), sums stay single, which is what fp16 is on a processor, so its bounds
/// (7.1e-4). <b>Fp16</b>: cuDNN is asked for half precision in the sums as well, so that each of up to 200 steps rounds the
/// state to 5e-4, a random walk of 14 times that: 7e-3 of a state near 1, over a hundred weights of some 0.1 about as much of
/// the logit, so 5e-2, and a quarter of it for the probability (1.0e-2, plain network of two layers). <b>Int8</b>: no entry,
/// because CUDA has no such layer and the runtime refuses.
/// </summary>
public static class Tolerances
{
    private static readonly Tolerance Float32Logit = new(Absolute: 1e-4, Relative: 1e-4);
    private static readonly Tolerance Float32Probability = new(Absolute: 1e-5, Relative: 1e-5);
    private static readonly Tolerance Fp16Logit = new(Absolute: 1e-2, Relative: 1e-2);
    private static readonly Tolerance Fp16Probability = new(Absolute: 2.5e-3, Relative: 2.5e-3);
    private static readonly Tolerance HalfSumsLogit = new(Absolute: 5e-2, Relative: 5e-2);
    private static readonly Tolerance HalfSumsProbability = new(Absolute: 1.25e-2, Relative: 1.25e-2);
    private static readonly Tolerance Int8Logit = new(Absolute: 0.2, Relative: 0.05);
    private static readonly Tolerance Int8Probability = new(Absolute: 0.05, Relative: 0.05);

    /// <summary>The tolerance of an output at a precision, on some hardware.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing computes that.</exception>
    public static Tolerance For(OutputKind output, Precision precision, ComputeMode arithmetic = ComputeMode.Cpu) =>
        (output, precision, arithmetic) switch
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
            _ => throw new ArgumentOutOfRangeException(nameof(output), (output, precision, arithmetic), "No tolerance is known."),
        };
}
