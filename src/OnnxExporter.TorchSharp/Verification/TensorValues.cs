using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>A tensor's values, copied, in a form that both worlds can be brought into.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Values">The values, row by row; Booleans as 0 and 1.</param>
internal sealed record TensorValues(ScalarType Type, long[] Shape, double[] Values)
{
    internal static TensorValues Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return new(tensor.dtype, tensor.shape, TensorData.Values<double>(tensor.to(ScalarType.Float64)));
    }

    /// <summary>Whether they are whole numbers or Booleans, which do not round.</summary>
    internal bool IsExact => Type is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16);

    /// <summary>Whether there are values, and none of them is a finite number.</summary>
    internal bool IsNowhereFinite => Values.Length > 0 && !Values.Any(double.IsFinite);

    /// <summary>The largest magnitude of a finite value; 0 where there is none.</summary>
    internal double Largest => Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();

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
