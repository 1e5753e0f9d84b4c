using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnnxSentiment.Core;

/// <summary>
/// A word of 1 to 8 characters of ASCII, in lower case, as two numbers: nine of ten words of a text are, and compare
/// and hash like this without a loop.
/// </summary>
/// <param name="First">The first four characters and, where ASCII leaves room, the length.</param>
/// <param name="Last">The last four characters, which may be among the first; 0 for words of up to three.</param>
internal readonly record struct ShortWord(ulong First, ulong Last)
{
    private const int MaximumLength = 8;
    private const int CharsAtOnce = sizeof(ulong) / sizeof(char);

    // The highest byte of the fourth character.
    private const int LengthShift = 56;

    // Each of four characters has 16 bits: those that ASCII never sets, and the highest one that it does not.
    private const ulong BeyondAscii = 0xFF80_FF80_FF80_FF80;
    private const ulong Bit7 = 0x0080_0080_0080_0080;

    // What lifts A, and what lifts the character after Z, to bit 7.
    private const ulong FromA = 0x003F_003F_003F_003F;
    private const ulong FromAfterZ = 0x0025_0025_0025_0025;

    /// <summary>Lower-cases a word.</summary>
    /// <returns>False if it is empty, longer, or not of ASCII alone.</returns>
    public static bool TryCreate(ReadOnlySpan<char> word, out ShortWord lower)
    {
        if (word.Length is 0 or > MaximumLength)
        {
            lower = default;
            return false;
        }

        // Of up to three characters, these three are all.
        var (first, last) = word.Length >= CharsAtOnce
            ? (Read(word, 0), Read(word, word.Length - CharsAtOnce))
            : (word[0] | ((ulong)word[word.Length / 2] << 16) | ((ulong)word[^1] << 32), 0);
        lower = new ShortWord(Lower(first) | ((ulong)word.Length << LengthShift), Lower(last));
        return ((first | last) & BeyondAscii) == 0;
    }

    private static ulong Lower(ulong four) => four | ((((four + FromA) ^ (four + FromAfterZ)) & Bit7) >> 2);

    private static ulong Read(ReadOnlySpan<char> word, int start)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(word), start);
        return Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref first));
    }
}
