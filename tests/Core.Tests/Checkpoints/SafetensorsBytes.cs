using System.Buffers.Binary;
using System.Text;

namespace OnnxSentiment.Core.Tests;

/// <summary>Files put together by hand, so that they can be as wrong as a test wants.</summary>
internal static class SafetensorsBytes
{
    /// <summary>Header and data with the right header length before them.</summary>
    public static byte[] Of(string header, int dataLength = 0) => Of(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] Of(byte[] header, int dataLength = 0) =>
        WithLength((ulong)header.Length, [.. header, .. new byte[dataLength]]);

    /// <summary>Any bytes behind any claim of the header's length.</summary>
    public static byte[] WithLength(ulong headerLength, byte[] rest)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, headerLength);
        return [.. length, .. rest];
    }

    public static SafetensorsFile Read(byte[] file, string name = "hostile.safetensors") =>
        SafetensorsFile.Read(new MemoryStream(file), name);

    public static byte[] Write(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }
}
