namespace OnnxSentiment.Parity;

/// <summary>The coarsest numbers that a file computes with.</summary>
internal enum TensorPrecision
{
    /// <summary>Double precision alone.</summary>
    Float64,

    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Half precision somewhere.</summary>
    Float16,

    /// <summary>bfloat16 somewhere.</summary>
    BFloat16,

    /// <summary>Quantized operators.</summary>
    Int8,
}

/// <content>The tolerances of files that nobody here wrote.</content>
public static partial class Tolerances
{
    // As for single precision, scaled by the step of double precision and rounded up: libraries of functions are not as
    // exact as sums.
    private static readonly Tolerance Float64Tensor = new(Absolute: 1e-9, Relative: 1e-9);

    // Half precision rounds weights and values to 5e-4 of a value, one after the other: twenty times that.
    private static readonly Tolerance Float16Tensor = new(Absolute: 1e-2, Relative: 1e-2);

    // bfloat16 has 8 bits where half precision has 11, so the same room is eight times as wide.
    private static readonly Tolerance BFloat16Tensor = new(Absolute: 8e-2, Relative: 8e-2);

    // Eight bits round to 1/255 of a range, which calibration makes wider than the values met; some ten such steps
    // of weights and activations add up.
    private static readonly Tolerance Int8Tensor = new(Absolute: 1e-1, Relative: 1e-1);

    /// <summary>The tolerance of a tensor of a magnitude of 1, by the coarser of two files.</summary>
    internal static Tolerance For(TensorPrecision precision) => precision switch
    {
        TensorPrecision.Float64 => Float64Tensor,
        TensorPrecision.Float32 => Float32Tensor,
        TensorPrecision.Float16 => Float16Tensor,
        TensorPrecision.BFloat16 => BFloat16Tensor,
        TensorPrecision.Int8 => Int8Tensor,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "No tolerance is known."),
    };
}
