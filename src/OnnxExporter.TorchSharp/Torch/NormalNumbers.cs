using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Seeded random numbers that leave libtorch's generator, which is the caller's, as it is.</summary>
internal static class NormalNumbers
{
    /// <summary>A tensor of the standard normal distribution (Box-Muller).</summary>
    internal static Tensor Create(Random random, params long[] shape) =>
        tensor(Values(random, shape.Aggregate(1L, (product, size) => product * size))).reshape(shape);

    /// <summary>Numbers of the standard normal distribution.</summary>
    internal static float[] Values(Random random, long count)
    {
        var values = new float[count];
        for (var i = 0L; i < count; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
