using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>What an <c>.npy</c> file says of its data.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="ElementName">NumPy's name of it, for instance <c>&lt;f4</c>.</param>
/// <param name="ElementLength">Bytes of an element.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Length">Bytes before the data.</param>
internal sealed partial record NpyHeader(
    DataType Type, string ElementName, int ElementLength, long[] Shape, int Length)
{
    private const int Alignment = 64; // the data begin at a multiple, so that files can be mapped to memory

    private static readonly (string Name, DataType Type)[] Names =
    [
        ("f4", DataType.Float), ("f8", DataType.Double), ("f2", DataType.Float16), ("b1", DataType.Bool),
        ("i8", DataType.Int64), ("i4", DataType.Int32), ("i2", DataType.Int16), ("i1", DataType.Int8),
        ("u8", DataType.Uint64), ("u4", DataType.Uint32), ("u2", DataType.Uint16), ("u1", DataType.Uint8),
    ];

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    internal static NpyHeader Read(ReadOnlySpan<byte> file, string path)
    {
        var (text, length) = TextOf(file, path);
        var match = Dictionary().Match(text);
        if (!match.Success)
        {
            throw new InvalidInputException(
                $"'{path}' has the header {text.Trim()}, but one with descr, fortran_order and shape of plain " +
                "elements " +
                "was expected; save a plain array of numbers with numpy.save.");
        }

        if (match.Groups["order"].Value == "True")
        {
            throw new InvalidInputException(
                $"'{path}' is in Fortran order, columns first, but rows first was expected: " +
                "save numpy.ascontiguousarray(array).");
        }

        var name = match.Groups["descr"].Value;
        var (type, size) = TypeOf(name, path);
        return new(type, name, size, [.. Sizes(match.Groups["shape"].Value, path)], length);
    }

    internal static byte[] ToBytes(NamedTensor tensor, int characters)
    {
        var name = NameOf(tensor, characters);
        var comma = tensor.Shape.Count == 1 ? "," : "";
        var text = $"{{'descr': '{name}', 'fortran_order': False, " +
            $"'shape': ({string.Join(", ", tensor.Shape)}{comma}), }}";
        const int Prefix = 10;
        var length = (Prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        (bytes[6], bytes[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(length - Prefix));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(Prefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static string NameOf(NamedTensor tensor, int characters)
    {
        if (tensor.ElementType == DataType.String)
        {
            return string.Create(CultureInfo.InvariantCulture, $"<U{characters}");
        }

        var name = Array.Find(Names, entry => entry.Type == tensor.ElementType).Name
            ?? throw new ArgumentException($"'{tensor.Name}' holds {tensor.TypeName}, which NumPy does not have.");
        return $"{(name.EndsWith('1') ? '|' : '<')}{name}";
    }

    private static (string Text, int Length) TextOf(ReadOnlySpan<byte> file, string path)
    {
        if (!file.StartsWith(Magic) || file.Length < 12)
        {
            throw new InvalidInputException($"'{path}' is no .npy file, or it is cut off; numpy.save writes one.");
        }

        var version = file[6];
        if (version is < 1 or > 3)
        {
            throw new InvalidInputException(
                $"'{path}' has version {version} of NumPy's format, but 1, 2 or 3 was expected.");
        }

        var prefix = version == 1 ? 10 : 12;
        var length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        return length <= file.Length - prefix
            ? (Encoding.UTF8.GetString(file.Slice(prefix, (int)length)), prefix + (int)length)
            : throw new InvalidInputException($"'{path}' is cut off within its header.");
    }

    private static (DataType Type, int Size) TypeOf(string name, string path)
    {
        var (order, kind) = (name[0], name[1..]);
        var known = Array.Find(Names, entry => entry.Name == kind);
        if (order == '>' && (known.Name is not null || kind[0] == 'U'))
        {
            throw new InvalidInputException(
                $"'{path}' is big-endian ({name}), but little-endian was expected: save array.astype('<{kind}').");
        }

        if (known.Name is not null)
        {
            return (known.Type, kind[1] - '0');
        }

        return kind[0] == 'U' && int.TryParse(kind[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count < int.MaxValue / sizeof(int)
            ? (DataType.String, count * sizeof(int))
            : throw new InvalidInputException(
                $"'{path}' holds {(kind[0] == 'O' ? "objects" : "elements")} ({name}), but numbers, Booleans or " +
                "strings were expected: bool, int8 to uint64, float16, float32, float64 or str.");
    }

    private static IEnumerable<long> Sizes(string shape, string path)
    {
        foreach (var size in shape.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            yield return long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new InvalidInputException($"'{path}' has the impossible size {size}.");
        }
    }

    // NumPy writes the keys in the order of their names; other writers may not.
    [GeneratedRegex(
        @"\A\s*\{(?=.*'descr'\s*:\s*'(?<descr>[<>|=][a-zA-Z][0-9]*)')" +
        @"(?=.*'fortran_order'\s*:\s*(?<order>True|False)\b)" +
        @"(?=.*'shape'\s*:\s*\((?<shape>[0-9, L]*)\))[^{}]*\}\s*\z", RegexOptions.Singleline)]
    private static partial Regex Dictionary();
}
