using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnnxSentiment.Core.Internals;

/// <summary>
/// Positions of words in a list, by spelling: a hash table with linear probing, at most half full, its words side by side
/// in one array. Finds a word of a text faster than a frozen dictionary does. Immutable and thread-safe.
/// </summary>
internal sealed class WordTable
{
    // Odd, with well spread bits: the fraction of the golden ratio.
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const int CharsAtOnce = sizeof(ulong) / sizeof(char);

    private readonly Entry[] _entries;
    private readonly char[] _spellings;

    /// <summary>Takes the words in; one that stands twice is found at its first position.</summary>
    public WordTable(IReadOnlyList<string> words)
    {
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)(2 * words.Count) + 1)];
        _spellings = string.Concat(words).ToCharArray();
        var start = 0;
        for (var i = 0; i < words.Count; i++)
        {
            Add(words[i], i, start);
            start += words[i].Length;
        }
    }

    /// <summary>The position of a word, -1 for one that is not in the list.</summary>
    public int IndexOf(ReadOnlySpan<char> word)
    {
        var hash = Hash(word);
        for (var slot = hash; ; slot++)
        {
            ref readonly var entry = ref _entries[slot & (_entries.Length - 1)];
            if (entry.Number == 0)
            {
                return -1;
            }

            if (entry.Hash == hash && word.SequenceEqual(_spellings.AsSpan(entry.Start, entry.Length)))
            {
                return entry.Number - 1;
            }
        }
    }

    private void Add(string word, int index, int start)
    {
        if (IndexOf(word) >= 0)
        {
            return;
        }

        var hash = Hash(word);
        var slot = hash;
        while (_entries[slot & (_entries.Length - 1)].Number != 0)
        {
            slot++;
        }

        _entries[slot & (_entries.Length - 1)] = new Entry(hash, index + 1, start, word.Length);
    }

    // Eight bytes at a time, the last eight overlapping those before them.
    private static uint Hash(ReadOnlySpan<char> word)
    {
        if (word.Length < CharsAtOnce)
        {
            return word.IsEmpty ? 0 : Fold(Mix(0, word[0] | ((ulong)word[word.Length / 2] << 16) | ((ulong)word[^1] << 32)), word.Length);
        }

        var hash = 0UL;
        for (var i = 0; i < word.Length - CharsAtOnce; i += CharsAtOnce)
        {
            hash = Mix(hash, Read(word, i));
        }

        return Fold(Mix(hash, Read(word, word.Length - CharsAtOnce)), word.Length);
    }

    private static ulong Mix(ulong hash, ulong value) => (BitOperations.RotateLeft(hash, 5) ^ value) * Multiplier;

    // The high bits of a product depend on all bits of its factors.
    private static uint Fold(ulong hash, int length) => (uint)(((hash ^ (ulong)length) * Multiplier) >> 32);

    private static ulong Read(ReadOnlySpan<char> word, int start) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(word), start)));

    /// <param name="Hash">Of the word.</param>
    /// <param name="Number">The word's position and 1; 0 where no word is.</param>
    /// <param name="Start">Where its spelling begins.</param>
    /// <param name="Length">The length of its spelling.</param>
    private readonly record struct Entry(uint Hash, int Number, int Start, int Length);
}
