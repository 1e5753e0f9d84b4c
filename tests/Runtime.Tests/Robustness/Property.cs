using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>Checks what has to hold for all inputs, on seeded random ones.</summary>
internal static class Property
{
    // Any number; another finds other inputs.
    private const ulong Seed = 20_261_125;

    /// <summary>Fails with the smallest input found for which something does not hold, and the seed.</summary>
    /// <param name="inputs">Makes the inputs.</param>
    /// <param name="problem">What does not hold for an input; null where all does.</param>
    /// <param name="tests">The inputs to try.</param>
    /// <param name="shrink">Smaller inputs, to look for the smallest that fails.</param>
    public static void Holds<T>(
        Gen<T> inputs, Func<T, string?> problem, int tests, Func<T, IEnumerable<T>>? shrink = null)
    {
        var arbitrary = Arb.From(inputs, shrink ?? (_ => []));
        var property = Prop.ForAll(
            arbitrary, (T input) => problem(input) is { } found ? false.Label(found) : true.ToProperty());
        var replay = new Replay(new Rnd(Seed), FSharpOption<int>.None);
        try
        {
            Check.One(
                Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(FSharpOption<Replay>.Some(replay)), property);
        }
        catch (Exception e)
        {
            throw new AssertionException($"seed {Seed}: {e.Message}", e);
        }
    }

    /// <summary>The same texts with one less, or with one cut in half.</summary>
    public static IEnumerable<string[]> Smaller(string[] texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            yield return [.. texts[..i], .. texts[(i + 1)..]];
        }

        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i].Length > 1)
            {
                yield return [.. texts[..i], texts[i][(texts[i].Length / 2)..], .. texts[(i + 1)..]];
            }
        }
    }
}
