using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// The first runs on a GPU, compared with the processor's. They start CUDA and load what is loaded late, and what is
/// missing, broken or computes something else shows here and not at a user's first text.
/// </summary>
internal static class FirstRuns
{
    // Rounding moves a probability by 1.3e-2 at most (the tolerances of fp16 on CUDA); ignored lengths, by more.
    private const float MaximumDifference = 0.05f;

    private const int SequenceLength = 24;

    // Unequal, so that padding matters.
    private static readonly int[] Lengths = [SequenceLength, 1, 3, SequenceLength / 2];

    /// <summary>
    /// Computes two batches of one shape, so that a device that keeps the first one's ids gives itself away.
    /// </summary>
    /// <returns>Where the GPU computes something else; null if nowhere.</returns>
    /// <exception cref="ProviderException">The GPU computes nothing.</exception>
    public static string? Problem(IdsSession gpu, IdsSession cpu)
    {
        for (var round = 1; round <= 2; round++)
        {
            var (expected, actual) = (Compute(cpu, round), Compute(gpu, round));
            for (var row = 0; row < Lengths.Length; row++)
            {
                for (var i = row * cpu.LogitCount; i < (row + 1) * cpu.LogitCount; i++)
                {
                    // Not so for NaN either.
                    if (!(Math.Abs(actual[i] - expected[i]) <= MaximumDifference))
                    {
                        return $"it computes something else than the processor: in batch {round} the probability of a "
                            + $"text of {Lengths[row]} ids is {actual[i]}, but {expected[i]} was expected";
                    }
                }
            }
        }

        return null;
    }

    private static float[] Compute(IdsSession session, int round)
    {
        try
        {
            using var run = session.Begin();
            Fill(run.Ids(Lengths.Length * SequenceLength), round);
            run.Compute(Lengths.Length, SequenceLength);
            return run.Probabilities[..(Lengths.Length * session.LogitCount)].ToArray();
        }
        catch (Exception e) when (e is InvalidOperationException or OnnxRuntimeException)
        {
            // The latter where there is no memory for the batch.
            throw new ProviderException(e.Message, e);
        }
    }

    private static void Fill(Span<long> ids, int round)
    {
        for (var row = 0; row < Lengths.Length; row++)
        {
            var text = ids.Slice(row * SequenceLength, SequenceLength);
            text.Fill(Vocabulary.PaddingId);
            for (var i = 0; i < Lengths[row]; i++)
            {
                // Two ids that every vocabulary has, in another pattern for each row and round.
                text[i] = i > 0 && (row + (i * round)) % 3 == 0 ? Vocabulary.UnknownId : Vocabulary.StartId;
            }
        }
    }
}
