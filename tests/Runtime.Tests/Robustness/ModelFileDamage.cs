using Google.Protobuf;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Seeded damage to the bytes of a model: what disks, transfers and careless tools do, and some malice.
/// </summary>
internal static class ModelFileDamage
{
    private static readonly byte[] Valid = TestModel.Bytes();

    /// <summary>The same seed always gives the same bytes.</summary>
    public static byte[] Of(int seed)
    {
        var random = new Random(seed);
        if (random.Next(4) == 0)
        {
            return ModelGraphDamage.Of(random);
        }

        var bytes = Valid;
        for (var edits = random.Next(1, 4); edits > 0 && bytes.Length > 0; edits--)
        {
            bytes = Edit(bytes, random);
        }

        return bytes;
    }

    // Half of the edits go where structure is dense: a model's weights, most of its bytes, forgive all.
    private static byte[] Edit(byte[] bytes, Random random)
    {
        var at = random.Next(2) == 0
            ? random.Next(bytes.Length)
            : bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 2_000));
        var length = random.Next(1, 1 + Math.Min(bytes.Length - at, 1 << random.Next(12)));
        return random.Next(8) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..(at + length)], .. bytes[at..]],
            3 => Spliced(bytes, at, length, random),
            4 => With(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8)))),
            5 => With(bytes, at, (byte)(bytes[at] + random.Next(-3, 4))),
            6 => [.. bytes[..at], .. LargeNumber(random), .. bytes[(at + 1)..]],
            _ => With(bytes, at, (byte)random.Next(256)),
        };
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] Spliced(byte[] bytes, int at, int length, Random random)
    {
        var changed = (byte[])bytes.Clone();
        bytes.AsSpan(random.Next(bytes.Length - length + 1), length).CopyTo(changed.AsSpan(at));
        return changed;
    }

    // A variable-length integer of 5 to 10 bytes, as lengths and sizes are written: 2^28 to 2^64.
    private static byte[] LargeNumber(Random random)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            output.WriteUInt64(ulong.MaxValue >> random.Next(36));
        }

        return stream.ToArray();
    }
}
