namespace OnnxSentiment.Trainer;

/// <summary>
/// xorshift64* (Vigna, ACM TOMS 2016): a few instructions a number, where <see cref="Random"/> would take a good part
/// of the time. A struct, so that each shard of the work carries its own.
/// </summary>
internal struct RandomSequence(ulong seed)
{
    private ulong _state = (seed + 1) * 0x9E3779B97F4A7C15UL | 1;

    /// <summary>64 random bits; the upper ones are the better ones.</summary>
    internal ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1DUL;
    }

    /// <summary>From 0, inclusive, to 1, exclusive.</summary>
    internal float NextUnit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>From 0, inclusive, to <paramref name="bound"/>, exclusive.</summary>
    internal int Next(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);
}
