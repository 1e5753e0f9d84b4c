using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals.Checks;

/// <summary>A tensor's values, copied, in a form that both worlds can be brought into.</summary>
/// <param name="Shape">The sizes.</param>
/// <param name="Values">The values, row by row; Booleans as 0 and 1.</param>
/// <param name="IsExact">Whether they are whole numbers or Booleans, which do not round.</param>
internal sealed record TensorValues(long[] Shape, double[] Values, bool IsExact)
{
    internal static TensorValues Of(Tensor tensor) => new(
        tensor.shape, TensorData.Values<double>(tensor.to(ScalarType.Float64)), !tensor.is_floating_point());

    /// <summary>Where a flat position lies, for messages.</summary>
    internal string PlaceOf(int position)
    {
        var place = new long[Shape.Length];
        long rest = position;
        for (var i = Shape.Length - 1; i >= 0; i--)
        {
            (rest, place[i]) = Math.DivRem(rest, Shape[i]);
        }

        return $"[{string.Join(", ", place)}]";
    }
}
