using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OnnxSentiment.Core;

/// <summary>
/// Tells separators, characters of words, and characters that are tokens of their own apart, for up to 64 characters at
/// a time as bits of a number. White space of all of Unicode separates; beyond ASCII, all else belongs to words.
/// Immutable and thread-safe.
/// </summary>
internal sealed class CharacterClasses
{
    /// <summary>The characters that one call classifies at most.</summary>
    public const int BlockLength = 64;

    private const int AsciiCount = 128;
    private const int VectorLength = 16;

    private readonly bool[] _isSeparator = new bool[AsciiCount];
    private readonly bool[] _isTokenOfItsOwn = new bool[AsciiCount];
    private readonly AsciiSet _separators;
    private readonly AsciiSet _tokensOfTheirOwn;

    /// <summary>Creates the classes.</summary>
    /// <param name="separators">Characters of ASCII that separate, beside white space.</param>
    /// <param name="tokensOfTheirOwn">
    /// Characters of ASCII that are tokens, even if they stand among the separators.
    /// </param>
    public CharacterClasses(string separators, string tokensOfTheirOwn)
    {
        for (var c = '\0'; c < AsciiCount; c++)
        {
            _isTokenOfItsOwn[c] = tokensOfTheirOwn.Contains(c);
            _isSeparator[c] = !_isTokenOfItsOwn[c] && (separators.Contains(c) || char.IsWhiteSpace(c));
        }

        _separators = new AsciiSet(_isSeparator);
        _tokensOfTheirOwn = new AsciiSet(_isTokenOfItsOwn);
    }

    /// <summary>Classifies a part of a text; the lowest bit is that of its first character.</summary>
    /// <param name="block">At most <see cref="BlockLength"/> characters.</param>
    /// <param name="words">The characters of words.</param>
    /// <param name="tokensOfTheirOwn">The characters that are tokens of their own.</param>
    public void Classify(ReadOnlySpan<char> block, out ulong words, out ulong tokensOfTheirOwn)
    {
        if (!Vector128.IsHardwareAccelerated || block.Length < BlockLength
            || !TryClassifyAscii(block, out words, out tokensOfTheirOwn))
        {
            ClassifyOneByOne(block, out words, out tokensOfTheirOwn);
        }
    }

    private bool TryClassifyAscii(ReadOnlySpan<char> block, out ulong words, out ulong tokensOfTheirOwn)
    {
        var (separators, own, all) = (0UL, 0UL, Vector128<byte>.Zero);
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(block));
        for (var i = 0; i < BlockLength; i += VectorLength)
        {
            // Whatever does not fit into a byte becomes 255, which is no ASCII either.
            var characters = Vector128.NarrowWithSaturation(
                Vector128.LoadUnsafe(ref first, (nuint)i),
                Vector128.LoadUnsafe(ref first, (nuint)(i + (VectorLength / 2))));
            separators |= _separators.Find(characters) << i;
            own |= _tokensOfTheirOwn.Find(characters) << i;
            all |= characters;
        }

        (words, tokensOfTheirOwn) = (~(separators | own), own);
        return all.ExtractMostSignificantBits() == 0;
    }

    private void ClassifyOneByOne(ReadOnlySpan<char> block, out ulong words, out ulong tokensOfTheirOwn)
    {
        (words, tokensOfTheirOwn) = (0, 0);
        for (var i = 0; i < block.Length; i++)
        {
            var c = block[i];
            var isAscii = c < AsciiCount;
            var isOwn = isAscii && _isTokenOfItsOwn[c];
            var isSeparator = isAscii ? _isSeparator[c] : char.IsWhiteSpace(c);
            tokensOfTheirOwn |= (isOwn ? 1UL : 0) << i;
            words |= (isOwn || isSeparator ? 0 : 1UL) << i;
        }
    }

    /// <summary>
    /// A set of ASCII characters, found 16 at a time: a character's low four bits choose a byte in which each bit
    /// stands for one value of its high bits (W. Muła, "SIMDized check which bytes are in a set", 2018).
    /// </summary>
    private readonly struct AsciiSet
    {
        private static readonly Vector128<byte> BitOfHigh =
            Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

        private readonly Vector128<byte> _highsOfLow;

        public AsciiSet(bool[] members)
        {
            Span<byte> highs = stackalloc byte[VectorLength];
            for (var c = 0; c < members.Length; c++)
            {
                highs[c & 15] |= (byte)((members[c] ? 1 : 0) << (c >> 4));
            }

            _highsOfLow = Vector128.Create<byte>(highs);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Find(Vector128<byte> characters)
        {
            var low = characters & Vector128.Create((byte)15);
            var high = Vector128.ShiftRightLogical(characters, 4);
            var found = Vector128.ShuffleNative(_highsOfLow, low) & Vector128.ShuffleNative(BitOfHigh, high);
            return ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
        }
    }
}
