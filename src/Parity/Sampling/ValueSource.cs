using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>Draws the values of an input.</summary>
internal abstract class ValueSource
{
    /// <summary>Numbers around 0 with a standard deviation of 1.</summary>
    internal static ValueSource Normal { get; } = new NormalNumbers();

    /// <summary>Numbers of a range: whole ones where its ends are and the type has no fractions.</summary>
    internal static ValueSource Range(double lowest, double highest) => new NumberRange(lowest, highest);

    /// <summary>One of a few numbers or words, each about as often.</summary>
    internal static ValueSource OneOf(IReadOnlyList<string> choices) => new Choices(choices);

    /// <summary>1 and 0; the first of every row is 1, so that none is wholly masked.</summary>
    internal static ValueSource Mask { get; } = new MaskNumbers();

    /// <summary>Lengths up to a size in falling order, that size first, as packed sequences have them.</summary>
    internal static ValueSource Lengths(long longest) => new LengthNumbers(longest);

    /// <summary>The numbers.</summary>
    /// <param name="random">Where they are from.</param>
    /// <param name="shape">The sizes of the input.</param>
    /// <param name="isInteger">Whether the type has no fractions.</param>
    /// <exception cref="InvalidInputException">The source holds words.</exception>
    internal abstract double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger);

    /// <summary>The strings.</summary>
    internal virtual string[] DrawTexts(Random random, IReadOnlyList<long> shape) =>
        Array.ConvertAll(Draw(random, shape, isInteger: true), number => number.ToString(CultureInfo.InvariantCulture));

    private protected static T[] Fill<T>(IReadOnlyList<long> shape, Func<T> next)
    {
        var values = new T[shape.Aggregate(1L, (count, size) => count * size)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = next();
        }

        return values;
    }

    private sealed class NormalNumbers : ValueSource
    {
        // Box and Muller, A Note on the Generation of Random Normal Deviates, 1958.
        internal override double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger) => Fill(shape, () =>
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            double number = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
            return isInteger ? Math.Round(number) : number;
        });
    }

    private sealed class NumberRange(double lowest, double highest) : ValueSource
    {
        internal override double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger) => Fill(
            shape,
            () => isInteger
                ? (double)random.NextInt64((long)Math.Ceiling(lowest), (long)Math.Floor(highest) + 1)
                : (float)(lowest + (random.NextDouble() * (highest - lowest))));
    }

    private sealed class Choices(IReadOnlyList<string> choices) : ValueSource
    {
        internal override double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger) => Array.ConvertAll(
            DrawTexts(random, shape),
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new InvalidInputException(
                    $"'{text}' is given for an input of numbers: write numbers, as in name=0|1."));

        internal override string[] DrawTexts(Random random, IReadOnlyList<long> shape) =>
            Fill(shape, () => choices[random.Next(choices.Count)]);
    }

    private sealed class MaskNumbers : ValueSource
    {
        internal override double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger)
        {
            var numbers = Fill(shape, () => (double)random.Next(2));
            var row = shape.Count == 0 ? 1 : Math.Max(1, (int)shape[^1]);
            for (var i = 0; i < numbers.Length; i += row)
            {
                numbers[i] = 1;
            }

            return numbers;
        }
    }

    private sealed class LengthNumbers(long longest) : ValueSource
    {
        internal override double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger)
        {
            var numbers = Fill(shape, () => (double)random.NextInt64(1, longest + 1));
            if (numbers.Length > 0)
            {
                numbers[0] = longest;
            }

            return [.. numbers.OrderDescending()];
        }
    }
}
