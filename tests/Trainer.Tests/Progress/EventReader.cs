using System.Buffers.Binary;
using System.Text;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>
/// Reads TensorBoard's files, written from the formats' descriptions and sharing nothing with what writes them: the
/// checksum bit by bit, protobuf's fields whatever their order.
/// </summary>
internal static class EventReader
{
    /// <summary>One event.</summary>
    internal sealed record Event(
        double WallTime, long Step, string? Version, IReadOnlyList<(string Tag, float Value)> Scalars);

    internal static List<Event> Read(string path) => [.. Records(File.ReadAllBytes(path)).Select(Parse)];

    /// <summary>CRC-32C, as rotated and moved by the record format.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        var checksum = Checksum(data);
        return unchecked(((checksum >> 15) | (checksum << 17)) + 0xa282ead8u);
    }

    /// <summary>Castagnoli's polynomial, reflected.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> data)
    {
        var register = 0xffffffffu;
        foreach (var value in data)
        {
            register ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                register = (register & 1) == 1 ? (register >> 1) ^ 0x82f63b78u : register >> 1;
            }
        }

        return register ^ 0xffffffffu;
    }

    private static List<byte[]> Records(byte[] file)
    {
        var records = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)),
                Is.EqualTo(MaskedChecksum(file.AsSpan(at, 8))), $"checksum of the length at {at}");
            var message = file.AsSpan(at + 12, length);
            Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)),
                Is.EqualTo(MaskedChecksum(message)), $"checksum of the message at {at}");
            records.Add(message.ToArray());
            at += 12 + length + 4;
        }

        return records;
    }

    private static Event Parse(byte[] message)
    {
        var fields = Fields(message);
        var scalars = fields.Where(f => f.Number == 5).SelectMany(summary => Fields(summary.Bytes))
            .Select(value => Fields(value.Bytes));
        return new Event(
            BitConverter.ToDouble(fields.Single(f => f.Number == 1).Bytes),
            fields.Where(f => f.Number == 2).Select(f => f.Varint).SingleOrDefault(),
            fields.Where(f => f.Number == 3).Select(f => Encoding.UTF8.GetString(f.Bytes)).SingleOrDefault(),
            [.. scalars.Select(f => (Encoding.UTF8.GetString(f.Single(x => x.Number == 1).Bytes),
                BitConverter.ToSingle(f.Single(x => x.Number == 2).Bytes)))]);
    }

    private static List<(int Number, long Varint, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, long, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var key = ReadVarint(message, ref at);
            var (number, type) = ((int)(key >> 3), (int)(key & 7));
            var varint = type == 0 ? ReadVarint(message, ref at) : 0;
            var length = type switch
            {
                0 => 0,
                1 => 8,
                2 =>
                (int)ReadVarint(message, ref at),
                5 => 4,
                _ => throw new InvalidDataException($"wire type {type}")
            };
            fields.Add((number, varint, message[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    private static long ReadVarint(byte[] message, ref int at)
    {
        var value = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
