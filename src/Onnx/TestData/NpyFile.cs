using System.Buffers.Binary;
using System.Text;
using OnnxSentiment.Core;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Files that hold one tensor as NumPy's <c>save</c> writes it, versions 1 to 3 of the format
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): rows first, little-endian, numbers,
/// Booleans and strings. Thread-safe.
/// </summary>
public static class NpyFile
{
    private const int CharacterLength = sizeof(int); // NumPy keeps strings as UTF-32

    /// <summary>Reads a file; the tensor is named after it, without its extension.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing or damaged, or holds what is not taken here: objects, columns first, big-endian numbers.
    /// </exception>
    public static NamedTensor Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = ReadBytes(path);
        var header = NpyHeader.Read(bytes, path);
        var data = bytes.AsSpan(header.Length);
        var count = Dimensions.Product(header.Shape);
        if (count is null || count * header.ElementLength != data.Length)
        {
            throw new InvalidInputException(
                $"'{path}' has {data.Length} bytes of data, which do not fill its shape " +
                $"[{string.Join(", ", header.Shape)}] of {header.ElementName}; it was cut off or damaged.");
        }

        var values = header.Type == DataType.String
            ? Texts(data, (int)count, header.ElementLength, path)
            : TensorBytes.ToArray(header.Type, data)!;
        return new(Path.GetFileNameWithoutExtension(path), header.Shape, values);
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="ArgumentException">
    /// NumPy has no such elements: bfloat16, or a string that ends with NUL.
    /// </exception>
    public static void Write(NamedTensor tensor, string path)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (length, data) = tensor.Values is string[] texts
            ? TextBytes(texts, tensor.Name)
            : (0, TensorBytes.Of(tensor));
        var header = NpyHeader.ToBytes(tensor, length / CharacterLength);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            stream.Write(data);
        });
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The tensor '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static string[] Texts(ReadOnlySpan<byte> data, int count, int length, string path)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var rest = data.Slice(i * length, length); rest.Length > 0; rest = rest[CharacterLength..])
            {
                var character = BinaryPrimitives.ReadInt32LittleEndian(rest);
                text.Append(Rune.IsValid(character)
                    ? new Rune(character).ToString()
                    : throw new InvalidInputException($"'{path}' has the character {character}, which Unicode lacks."));
            }

            texts[i] = text.ToString().TrimEnd('\0');
        }

        return texts;
    }

    // All are as long as the longest, filled up with NUL.
    private static (int Length, byte[] Data) TextBytes(string[] texts, string name)
    {
        if (Array.Exists(texts, text => text.EndsWith('\0')))
        {
            throw new ArgumentException($"'{name}' has a string that ends with NUL, which NumPy would drop.");
        }

        byte[][] encoded = [.. texts.Select(Encoding.UTF32.GetBytes)];
        var length = Math.Max(CharacterLength, encoded.Select(bytes => bytes.Length).DefaultIfEmpty().Max());
        var data = new byte[length * texts.Length];
        foreach (var (i, bytes) in encoded.Index())
        {
            bytes.CopyTo(data, i * length);
        }

        return (length, data);
    }
}
