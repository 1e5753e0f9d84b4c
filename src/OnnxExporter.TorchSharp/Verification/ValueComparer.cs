using System.Globalization;
using OnnxSentiment.Parity;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Compares two tensors that have to be the same but for rounding. Immutable.</summary>
/// <param name="tolerance">How far they may differ.</param>
/// <param name="foundIn">Where the first one is from, for messages.</param>
/// <param name="expectedIn">Where the second one is from.</param>
internal sealed class ValueComparer(Tolerance tolerance, string foundIn, string expectedIn)
{
    // Below a hundredth, differences that cancel out leave the rounding of larger numbers.
    private const double SmallestScale = 1e-2;

    /// <summary>What differs, or null.</summary>
    internal string? Difference(TensorValues found, TensorValues expected) =>
        (found.Shape.SequenceEqual(expected.Shape), found.Type == expected.Type) switch
        {
            (false, _) => $"its shape is [{string.Join(", ", found.Shape)}] in {foundIn}, [{string.Join(", ", expected.Shape)}] in {expectedIn}",
            (_, false) => $"it is of {found.Type} in {foundIn}, of {expected.Type} in {expectedIn}",
            _ => DifferenceOfNumbers(found, expected),
        };

    private string? DifferenceOfNumbers(TensorValues found, TensorValues expected)
    {
        // Small outputs need a small tolerance: in the default one, those of a whole module would vanish.
        var absolute = tolerance.Absolute * Math.Clamp(expected.Largest, SmallestScale, 1);
        var scaled = expected.IsExact ? new(0, 0) : tolerance with { Absolute = absolute };
        var rejected = Enumerable.Range(0, found.Values.Length)
            .Where(i => !IsAccepted(found.Values[i], expected.Values[i], scaled)).ToList();
        if (rejected.Count == 0)
        {
            return null;
        }

        var worst = rejected.MaxBy(i => Math.Abs(found.Values[i] - expected.Values[i]));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rejected.Count} of {found.Values.Length} numbers differ, most at {found.PlaceOf(worst)}: " +
            $"{found.Values[worst]:g6} in {foundIn}, {expected.Values[worst]:g6} in {expectedIn}");
    }

    // Where a window of MaxPool lies in the padding alone, libtorch gives -∞, and ONNX Runtime the lowest number.
    private static bool IsAccepted(double found, double expected, Tolerance tolerance) =>
        found.Equals(expected) || tolerance.Accepts(found, expected)
        || (found == float.MinValue && double.IsNegativeInfinity(expected));
}
