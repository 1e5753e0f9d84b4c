using System.Buffers.Binary;

namespace OnnxSentiment.Core;

/// <summary>
/// Reads and writes the safetensors format: eight bytes header length, a JSON header, the tensors' bytes
/// (https://huggingface.co/docs/safetensors). Little-endian machines only, as .NET's own targets are.
/// </summary>
public sealed record SafetensorsFile
{
    /// <summary>The largest header that the format allows, in bytes.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    private const int LengthPrefix = sizeof(ulong);

    /// <summary>The tensors by name.</summary>
    public required IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; init; }

    /// <summary>Free texts by name, the header's <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Reads a file. Every length is checked against the file's own before memory is taken, so that a damaged or
    /// hostile file costs no more than its size.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing or damaged; the message names file and defect.
    /// </exception>
    public static SafetensorsFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException($"There is no file '{path}'; a safetensors file was expected there.");
        }

        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream that knows its length.</summary>
    /// <param name="stream">Positioned at its start.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="InvalidInputException">The contents are damaged.</exception>
    public static SafetensorsFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return ReadChecked(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidInputException($"'{name}' is not a usable safetensors file: {e.Message}", e);
        }
    }

    /// <summary>Writes a file, whole or not at all, tensors in the order of the dictionary, metadata by key.</summary>
    /// <exception cref="ArgumentException">A tensor has the name that the format keeps for its metadata.</exception>
    public void Write(string path) => AtomicFile.Write(path, stream => Write(stream));

    /// <summary>
    /// Writes to a stream. The same tensors in the same order, and the same metadata, give the same bytes.
    /// </summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = SafetensorsHeader.Format(Tensors, Metadata);
        Span<byte> length = stackalloc byte[LengthPrefix];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in Tensors.Values)
        {
            stream.Write(tensor.Data.Span);
        }
    }

    private static SafetensorsFile ReadChecked(Stream stream)
    {
        var fileLength = stream.Length;
        if (fileLength < LengthPrefix)
        {
            throw new InvalidDataException(
                $"it has {fileLength} bytes, but its header's length alone takes {LengthPrefix}.");
        }

        var headerLength = ReadHeaderLength(stream, fileLength);
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        var dataLength = fileLength - LengthPrefix - headerLength;
        var (entries, metadata) = SafetensorsHeader.Parse(header, dataLength);
        return new SafetensorsFile { Tensors = ReadTensors(stream, entries), Metadata = metadata };
    }

    private static int ReadHeaderLength(Stream stream, long fileLength)
    {
        Span<byte> prefix = stackalloc byte[LengthPrefix];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeaderLength)
        {
            throw new InvalidDataException(
                $"its header claims {length} bytes, but the format allows {MaximumHeaderLength}.");
        }

        if ((long)length > fileLength - LengthPrefix)
        {
            throw new InvalidDataException(
                $"its header claims {length} bytes, but only {fileLength - LengthPrefix} follow; "
                + "the file may be cut off.");
        }

        return (int)length;
    }

    private static Dictionary<string, SafetensorsTensor> ReadTensors(
        Stream stream, List<SafetensorsHeader.Entry> entries)
    {
        // Entries are in the order of their offsets and leave no gap: the header's check has seen to that.
        var tensors = new Dictionary<string, SafetensorsTensor>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var data = new byte[entry.Length];
            stream.ReadExactly(data);
            tensors.Add(entry.Name, new SafetensorsTensor(entry.Type, entry.Shape, data));
        }

        return tensors;
    }
}
