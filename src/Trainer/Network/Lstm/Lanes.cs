using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnnxSentiment.Trainer;

/// <summary>Loads and stores of SIMD vectors in rows of whole ones, and the exponential function.</summary>
internal static class Lanes
{
    // exp(x) = 2ⁿ · exp(r) with r = x - n·ln 2, |r| ≤ ln 2 / 2. ln 2 in two parts, the first with zeros at its end, so
    // that n times it is exact (Cody and Waite, 1980).
    private const float Log2OfE = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Beyond, a float overflows or is a denormal; σ and tanh have long reached their limits.
    private const float Largest = 88;

    private const int MantissaBits = 23;
    private const int ExponentBias = 127;

    /// <summary>The next whole number of vectors' elements: how long a row has to be.</summary>
    internal static long RoundUp(long length) =>
        (length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    // Without a check of bounds, which would be the larger part of the loops that call them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> Load(ReadOnlySpan<float> row, int at) =>
        Vector.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(row), at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector<float> values, Span<float> row, int at) =>
        values.StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(row), at));

    /// <summary>
    /// e to the power of x, to within two units in the last place; Taylor's series up to the seventh power.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> Exp(Vector<float> x)
    {
        x = Vector.MinNative(new Vector<float>(Largest), Vector.MaxNative(new Vector<float>(-Largest), x));
        var n = Vector.Round(x * Log2OfE);
        var r = Fused(n, -Ln2Low, Fused(n, -Ln2High, x));
        var p = new Vector<float>(1f / 5040);
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1f / 720));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1f / 120));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1f / 24));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1f / 6));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(0.5f));
        p = Vector.MultiplyAddEstimate(p, r, Vector<float>.One);
        p = Vector.MultiplyAddEstimate(p, r, Vector<float>.One);
        var power = Vector.ShiftLeft(Vector.ConvertToInt32Native(n) + new Vector<int>(ExponentBias), MantissaBits);
        return p * Vector.AsVectorSingle(power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fused(Vector<float> a, float b, Vector<float> c) =>
        Vector.MultiplyAddEstimate(a, new Vector<float>(b), c);
}
