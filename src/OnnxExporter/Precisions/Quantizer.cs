using OnnxSentiment.Core;

namespace OnnxSentiment.OnnxExporter;

/// <summary>Integers and the scale of each row: a weight is about integer times scale.</summary>
internal sealed record QuantizedRows(sbyte[] Values, float[] Scales);

/// <summary>Symmetric quantization: zero stays zero, and the largest weight of a row becomes the limit.</summary>
internal static class Quantizer
{
    /// <summary>Quantizes each row by itself.</summary>
    /// <param name="name">What to call the weights in messages.</param>
    /// <param name="values">The weights, row by row.</param>
    /// <param name="width">Weights of a row.</param>
    /// <param name="limit">The largest integer.</param>
    /// <exception cref="InvalidInputException">A weight is NaN or ∞.</exception>
    internal static QuantizedRows Rows(string name, ReadOnlySpan<float> values, int width, int limit)
    {
        var (integers, scales) = (new sbyte[values.Length], new float[values.Length / width]);
        for (var row = 0; row < scales.Length; row++)
        {
            var weights = values.Slice(row * width, width);
            scales[row] = Scale(name, weights, limit);
            for (var i = 0; i < width; i++)
            {
                var nearest = Math.Round(weights[i] / (double)scales[row]);
                integers[(row * width) + i] = (sbyte)Math.Clamp(nearest, -limit, limit);
            }
        }

        return new QuantizedRows(integers, scales);
    }

    // A row of zeros, or of numbers so small that the scale underflows, has any scale.
    private static float Scale(string name, ReadOnlySpan<float> weights, int limit)
    {
        var largest = 0f;
        foreach (var weight in weights)
        {
            if (!float.IsFinite(weight))
            {
                throw new InvalidInputException(
                    $"'{name}' holds {weight}, which has no 8-bit form; only finite weights can be exported as int8.");
            }

            largest = Math.Max(largest, Math.Abs(weight));
        }

        return largest / limit is > 0 and var scale ? scale : 1;
    }
}
