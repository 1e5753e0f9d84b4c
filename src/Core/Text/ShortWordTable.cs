using System.Numerics;
using System.Security.Cryptography;

namespace OnnxSentiment.Core;

/// <summary>
/// Numbers by <see cref="ShortWord"/>: a hash table with linear probing, at most half full. Immutable and thread-safe.
/// </summary>
internal sealed class ShortWordTable
{
    // Odd, and another one in every process, so that no vocabulary can be made whose words all meet in one place.
    private static readonly ulong Multiplier = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    private readonly Entry[] _entries;
    private readonly int _shift;

    /// <summary>Takes the words in, each once.</summary>
    public ShortWordTable(IReadOnlyCollection<KeyValuePair<ShortWord, int>> numbers)
    {
        var bits = BitOperations.Log2((uint)numbers.Count) + 2;
        _entries = new Entry[1 << bits];
        _shift = 64 - bits;
        foreach (var (word, number) in numbers)
        {
            _entries[SlotOf(word)] = new Entry(word, number, IsTaken: true);
        }
    }

    /// <summary>The number of a word, or <paramref name="missing"/> for one that is not in the table.</summary>
    public int Find(ShortWord word, int missing)
    {
        ref readonly var entry = ref _entries[SlotOf(word)];
        return entry.IsTaken ? entry.Number : missing;
    }

    // Where the word is, or belongs.
    private int SlotOf(ShortWord word)
    {
        var slot = (int)((((word.First * Multiplier) ^ word.Last) * Multiplier) >> _shift);
        while (_entries[slot].IsTaken && _entries[slot].Word != word)
        {
            slot = (slot + 1) & (_entries.Length - 1);
        }

        return slot;
    }

    private readonly record struct Entry(ShortWord Word, int Number, bool IsTaken);
}
