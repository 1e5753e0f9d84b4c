using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace OnnxSentiment.Server;

/// <summary>
/// Tensors as bytes, as the binary tensor extension and gRPC's <c>raw_input_contents</c> have them: numbers
/// little-endian, row by
/// row; each text as its length in four bytes and then its UTF-8.
/// </summary>
internal static class TensorBytes
{
    /// <summary>Reads a tensor of as many values as the bytes hold.</summary>
    /// <exception cref="RequestException">
    /// The bytes end within a value, or the type is none that a model takes.
    /// </exception>
    public static Array Read(string name, string datatype, ReadOnlySpan<byte> bytes) => datatype switch
    {
        ModelSignature.Int64 when bytes.Length % sizeof(long) == 0 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        ModelSignature.Bytes => ReadTexts(name, bytes),
        ModelSignature.Int64 => throw Broken(name),
        _ => Array.Empty<byte>(),
    };

    /// <summary>Writes a tensor.</summary>
    public static byte[] Write(Array values) => values switch
    {
        float[] floats => MemoryMarshal.AsBytes<float>(floats).ToArray(),
        long[] integers => MemoryMarshal.AsBytes<long>(integers).ToArray(),
        _ => [.. ((string[])values).SelectMany(Write)],
    };

    private static byte[] Write(string text)
    {
        var bytes = new byte[sizeof(int) + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - sizeof(int));
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(sizeof(int)));
        return bytes;
    }

    private static string[] ReadTexts(string name, ReadOnlySpan<byte> bytes)
    {
        var texts = new List<string>();
        while (bytes.Length > 0)
        {
            if (bytes.Length < sizeof(int)
                || BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var length && length > bytes.Length - sizeof(int))
            {
                throw Broken(name);
            }

            texts.Add(Encoding.UTF8.GetString(bytes.Slice(sizeof(int), (int)length)));
            bytes = bytes[(sizeof(int) + (int)length)..];
        }

        return [.. texts];
    }

    private static RequestException Broken(string name) => RequestException.Invalid(
        $"the binary data of input {ModelNames.Shown(name)} ends within a value");
}
