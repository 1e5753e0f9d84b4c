namespace OnnxSentiment.Parity;

/// <summary>
/// The magnitude by which each number of a tensor is judged: rounding follows the magnitude of what was added up, which
/// the neighbors of a number show where the number itself came out near zero. Medians are computed when they are first
/// asked for: most tensors need none.
/// </summary>
/// <remarks>
/// The scale is the largest of the medians of all slices that hold the number: the tensor itself, and for each axis the
/// part with the number's index there, so that a channel with large weights or a row with large inputs is judged by its
/// own magnitude. A median does not move with a single huge number, behind which the maximum or the root mean square
/// would hide faults in all others. Zeros do not count, because most of a sparse tensor would be nothing else.
/// </remarks>
/// <param name="shape">The shape.</param>
/// <param name="expected">The numbers that are right, row by row.</param>
/// <param name="absolute">The absolute part of the tolerance that the scale multiplies.</param>
internal sealed class MagnitudeScale(IReadOnlyList<long> shape, double[] expected, double absolute)
{
    // Differences that cancel out leave the rounding of larger numbers, which are not in this tensor.
    private const double Floor = 1e-2;

    // But of a tensor of tiny numbers, a floor above them would let anything pass: it allows 1 % of the largest.
    private const double FloorByLargest = 1e-2;

    // The median of fewer says little: one of them may be huge, or close to zero by chance.
    private const int SmallestSlice = 8;

    private readonly Dictionary<(int Axis, long Index), double> _slices = [];
    private double? _whole;

    /// <summary>The scale that every number has at least.</summary>
    internal double Smallest { get; } = FloorOf(expected, absolute);

    /// <summary>The scale of the whole tensor; at least <see cref="Smallest"/>.</summary>
    internal double Whole => Math.Max(Smallest, _whole ??= Median(Magnitudes(expected), 1));

    /// <summary>The scale of one number; at least <see cref="Whole"/>.</summary>
    internal double At(int position)
    {
        var (scale, stride) = (Whole, 1L);
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            var (size, index) = (shape[axis], position / stride % shape[axis]);
            if (size > 1)
            {
                scale = Math.Max(scale, SliceAt(axis, index, stride));
            }

            stride *= size;
        }

        return scale;
    }

    private double SliceAt(int axis, long index, long stride)
    {
        if (!_slices.TryGetValue((axis, index), out var scale))
        {
            scale = _slices[(axis, index)] = Median(Slice(index, stride, stride * shape[axis]), SmallestSlice);
        }

        return scale;
    }

    private List<double> Slice(long index, long stride, long period)
    {
        var magnitudes = new List<double>();
        for (var start = index * stride; start < expected.Length; start += period)
        {
            Add(expected.AsSpan((int)start, (int)stride), magnitudes);
        }

        return magnitudes;
    }

    private static List<double> Magnitudes(ReadOnlySpan<double> values)
    {
        var magnitudes = new List<double>(values.Length);
        Add(values, magnitudes);
        return magnitudes;
    }

    private static void Add(ReadOnlySpan<double> values, List<double> magnitudes)
    {
        foreach (var value in values)
        {
            if (value != 0 && double.IsFinite(value))
            {
                magnitudes.Add(Math.Abs(value));
            }
        }
    }

    // Of an even number the larger one, so that of two numbers the one near zero does not decide.
    private static double Median(List<double> magnitudes, int fewest)
    {
        magnitudes.Sort();
        return magnitudes.Count < fewest ? 0 : magnitudes[magnitudes.Count / 2];
    }

    private static double FloorOf(double[] expected, double absolute)
    {
        var largest = 0.0;
        foreach (var value in expected)
        {
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        }

        return largest == 0 ? Floor : Math.Min(Floor, FloorByLargest * largest / absolute);
    }
}
