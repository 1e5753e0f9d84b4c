using System.Globalization;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>What two computations of one tensor have in common.</summary>
/// <param name="Difference">What differs, in words that complete a sentence; null where nothing does.</param>
/// <param name="LargestAbsolute">
/// The largest <c>|actual − expected|</c> of finite numbers; 0 where type or shape differ.
/// </param>
public sealed record TensorComparison(string? Difference, double LargestAbsolute)
{
    /// <summary>Whether type and shape agree, and every value within the tolerance.</summary>
    public bool Passed => Difference is null;
}

/// <summary>
/// Compares two tensors that have to be the same but for rounding. Integers, Booleans and strings have to be equal; the
/// absolute part of the tolerance shrinks with the largest expected number, from 1 down to a hundredth. Immutable.
/// </summary>
/// <param name="tolerance">How far numbers may differ whose largest is 1.</param>
/// <param name="actualName">Where the first tensor is from, for messages.</param>
/// <param name="expectedName">Where the second one is from.</param>
public sealed class TensorComparer(Tolerance tolerance, string actualName, string expectedName)
{
    // Below a hundredth, differences that cancel out leave the rounding of larger numbers.
    private const double SmallestScale = 1e-2;

    /// <summary>Compares the tensors; their names do not matter.</summary>
    public TensorComparison Compare(NamedTensor actual, NamedTensor expected)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        if (!actual.Shape.SequenceEqual(expected.Shape))
        {
            return Differs(
                $"its shape is [{string.Join(", ", actual.Shape)}] in {actualName}, " +
                $"[{string.Join(", ", expected.Shape)}] in {expectedName}");
        }

        if (actual.TypeName != expected.TypeName)
        {
            return Differs($"it is of {actual.TypeName} in {actualName}, of {expected.TypeName} in {expectedName}");
        }

        return (actual.Values, expected.Values) is (string[] found, string[] right)
            ? CompareTexts(found, right, actual)
            : CompareNumbers(actual, expected);
    }

    private static TensorComparison Differs(string difference) => new(difference, 0);

    private TensorComparison CompareTexts(string[] actual, string[] expected, NamedTensor tensor)
    {
        var rejected = Enumerable.Range(0, actual.Length).Where(i => actual[i] != expected[i]).ToList();
        return rejected.Count == 0 ? new(null, 0) : Differs(
            $"{rejected.Count} of {actual.Length} strings differ, first at {tensor.PlaceOf(rejected[0])}: " +
            $"'{actual[rejected[0]]}' in {actualName}, '{expected[rejected[0]]}' in {expectedName}");
    }

    private TensorComparison CompareNumbers(NamedTensor tensor, NamedTensor reference)
    {
        var (actual, expected) = (tensor.ToDoubles(), reference.ToDoubles());
        var allowed = Scaled(reference, expected);
        var rejected = Enumerable.Range(0, actual.Length)
            .Where(i => !IsAccepted(actual[i], expected[i], allowed)).ToList();
        var largest = actual.Zip(expected, (a, e) => Math.Abs(a - e)).Where(double.IsFinite).DefaultIfEmpty().Max();
        if (rejected.Count == 0)
        {
            return new(null, largest);
        }

        var worst = rejected.MaxBy(i => Math.Abs(actual[i] - expected[i]));
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rejected.Count} of {actual.Length} numbers differ, most at {tensor.PlaceOf(worst)}: " +
                $"{actual[worst]:g6} in {actualName}, {expected[worst]:g6} in {expectedName}"),
            largest);
    }

    // Small outputs need a small tolerance: in the default one, those of a whole module would vanish.
    private Tolerance Scaled(NamedTensor tensor, double[] expected)
    {
        var largest = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        return tensor.IsExact
            ? new(0, 0)
            : tolerance with { Absolute = tolerance.Absolute * Math.Clamp(largest, SmallestScale, 1) };
    }

    // Where a window of MaxPool lies in the padding alone, libtorch gives -∞, and ONNX Runtime the lowest number.
    private static bool IsAccepted(double actual, double expected, Tolerance allowed) =>
        actual.Equals(expected) || allowed.Accepts(actual, expected)
        || (actual == float.MinValue && double.IsNegativeInfinity(expected));
}
