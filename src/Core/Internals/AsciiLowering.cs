using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnnxSentiment.Core.Internals;

/// <summary>
/// Lower-cases short words of ASCII four characters at a time, where a call of the base library costs more than the word.
/// </summary>
internal static class AsciiLowering
{
    private const int CharsAtOnce = sizeof(ulong) / sizeof(char);

    // Each of the four characters has 16 bits.
    private const ulong BeyondAscii = 0xFF80_FF80_FF80_FF80;
    private const ulong Bit7 = 0x0080_0080_0080_0080;

    // What lifts A, and what lifts the character after Z, to bit 7.
    private const ulong FromA = 0x003F_003F_003F_003F;
    private const ulong FromAfterZ = 0x0025_0025_0025_0025;

    /// <summary>Writes the word in lower case, or returns false if it is not of ASCII alone.</summary>
    /// <param name="word">The word.</param>
    /// <param name="destination">As long as the word; its contents mean nothing where false is returned.</param>
    public static bool TryLower(ReadOnlySpan<char> word, Span<char> destination)
    {
        if (word.Length < CharsAtOnce)
        {
            return TryLowerOneByOne(word, destination);
        }

        // The last four characters overlap those before them.
        var (last, all) = (word.Length - CharsAtOnce, 0UL);
        for (var i = 0; i < last; i += CharsAtOnce)
        {
            all |= LowerFour(word, destination, i);
        }

        return ((all | LowerFour(word, destination, last)) & BeyondAscii) == 0;
    }

    private static ulong LowerFour(ReadOnlySpan<char> word, Span<char> destination, int start)
    {
        var four = Unsafe.ReadUnaligned<ulong>(ref Bytes(word, start));
        var isUpper = ((four + FromA) ^ (four + FromAfterZ)) & Bit7;
        Unsafe.WriteUnaligned(ref Bytes(destination, start), four | (isUpper >> 2));
        return four;
    }

    private static bool TryLowerOneByOne(ReadOnlySpan<char> word, Span<char> destination)
    {
        var all = 0;
        for (var i = 0; i < word.Length; i++)
        {
            int c = word[i];
            all |= c;
            destination[i] = (char)(char.IsAsciiLetterUpper((char)c) ? c | 0x20 : c);
        }

        return all < 0x80;
    }

    private static ref byte Bytes(ReadOnlySpan<char> chars, int start) =>
        ref Unsafe.As<char, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(chars), start));
}
