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

    /// <summary>Whether another tolerance would accept what differs: it is not the type, the shape or a text.</summary>
    public bool IsBeyondTolerance { get; init; }
}

/// <summary>
/// Compares two tensors that have to be the same but for rounding. Integers, Booleans and strings have to be equal. Of
/// other numbers, both parts of the tolerance follow the magnitude: <c>|actual − expected| ≤ absolute · scale +
/// relative · |expected|</c>, where the scale is the typical magnitude of the numbers around it (see
/// <see cref="Tolerances"/>). Immutable.
/// </summary>
/// <param name="tolerance">How far numbers of a magnitude of 1 may differ.</param>
/// <param name="actualName">Where the first tensor is from, for messages.</param>
/// <param name="expectedName">Where the second one is from.</param>
public sealed class TensorComparer(Tolerance tolerance, string actualName, string expectedName)
{
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
        var scale = new MagnitudeScale(reference.Shape, expected, tolerance.Absolute);
        var rejected = reference.IsExact
            ? Unequal(tensor.Values, reference.Values)
            : Rejected(actual, expected, scale);
        var largest = Largest(actual, expected);
        if (rejected.Count == 0)
        {
            return new(null, largest);
        }

        var worst = rejected.MaxBy(i => Distance(actual[i], expected[i]));
        var values = string.Create(
            CultureInfo.InvariantCulture,
            $"{rejected.Count} of {actual.Length} numbers differ, most at {tensor.PlaceOf(worst)}: " +
            $"{Shown(tensor, worst, actual)} in {actualName}, {Shown(reference, worst, expected)} in {expectedName}");
        return reference.IsExact
            ? new(values, largest)
            : new($"{values} ({Allowed(expected[worst], scale.At(worst))})", largest)
            {
                IsBeyondTolerance = double.IsFinite(Distance(actual[worst], expected[worst])),
            };
    }

    // Each step costs more than the one before and allows more, so that most tensors need the first alone.
    private List<int> Rejected(double[] actual, double[] expected, MagnitudeScale scale)
    {
        var rejected = new List<int>();
        var allowed = tolerance.Scaled(scale.Smallest);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!IsAccepted(actual[i], expected[i], allowed))
            {
                rejected.Add(i);
            }
        }

        if (rejected.Count > 0)
        {
            var whole = tolerance.Scaled(scale.Whole);
            rejected.RemoveAll(i => whole.Accepts(actual[i], expected[i]));
            rejected.RemoveAll(i => tolerance.Scaled(scale.At(i)).Accepts(actual[i], expected[i]));
        }

        return rejected;
    }

    // As they are: of whole numbers beyond 2^53, neighbors are one number in double precision.
    private static List<int> Unequal(Array actual, Array expected) =>
        [.. Enumerable.Range(0, actual.Length).Where(i => !Equals(actual.GetValue(i), expected.GetValue(i)))];

    private static IFormattable Shown(NamedTensor tensor, int position, double[] numbers) =>
        tensor.IsExact && tensor.Values.GetValue(position) is IFormattable whole
            ? whole
            : $"{numbers[position]:g6}";

    // NaN and ∞ are further away than any number.
    private static double Distance(double actual, double expected) =>
        Math.Abs(actual - expected) is var distance && double.IsFinite(distance) ? distance : double.PositiveInfinity;

    private static double Largest(double[] actual, double[] expected)
    {
        var largest = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            var difference = Math.Abs(actual[i] - expected[i]);
            largest = double.IsFinite(difference) ? Math.Max(largest, difference) : largest;
        }

        return largest;
    }

    private string Allowed(double expected, double scale) => string.Create(
        CultureInfo.InvariantCulture,
        $"allowed {tolerance.Scaled(scale).For(expected):0.0e-0}: {tolerance.Absolute:0.##e-0} of the magnitude " +
        $"{scale:g3} around it and {tolerance.Relative:0.##e-0} of the value");

    // Where a window of MaxPool lies in the padding alone, libtorch gives -∞, and ONNX Runtime the lowest number.
    private static bool IsAccepted(double actual, double expected, Tolerance allowed) =>
        actual.Equals(expected) || allowed.Accepts(actual, expected)
        || (actual == float.MinValue && double.IsNegativeInfinity(expected));
}
