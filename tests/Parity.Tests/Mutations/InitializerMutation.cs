using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Changes of what a file stores.</summary>
internal static class InitializerMutation
{
    // Of axes, shapes and ids: a high bit would ask for terabytes.
    private const int LowBits = 4;

    internal static Mutation FlipBit(ModelProto model, Random random)
    {
        var tensor = model.Graph.Initializer[random.Next(model.Graph.Initializer.Count)];
        var bytes = tensor.RawData.ToByteArray();
        var size = bytes.Length / CountOf(tensor);
        var bits = tensor.DataType == (int)DataType.Int64 ? LowBits : 8 * size;
        var (element, bit) = (random.Next(CountOf(tensor)), random.Next(bits));
        bytes[(element * size) + (bit / 8)] ^= (byte)(1 << (bit % 8));
        tensor.RawData = ByteString.CopyFrom(bytes);
        return new(
            Mutation.BitFlipped, $"bit {bit} of element {element} of '{tensor.Name}'", $"bit {bit} of {Place(tensor)}");
    }

    internal static Mutation OverwriteRow(ModelProto model, Random random)
    {
        while (true)
        {
            var (tensor, bytes, width) = Table(model, random);
            var row = random.Next(bytes.Length / width);
            var values = Values((DataType)tensor.DataType, width, random);
            if (!values.AsSpan().SequenceEqual(bytes.AsSpan(row * width, width)))
            {
                values.CopyTo(bytes, row * width);
                tensor.RawData = ByteString.CopyFrom(bytes);
                return new(Mutation.RowOverwritten, $"row {row} of '{tensor.Name}'", $"a row of {Place(tensor)}");
            }
        }
    }

    internal static Mutation SwapRows(ModelProto model, Random random)
    {
        while (true)
        {
            var (tensor, bytes, width) = Table(model, random);
            var (a, b) = (random.Next(bytes.Length / width), random.Next(bytes.Length / width));
            var (first, second) = (
                bytes.AsSpan(a * width, width).ToArray(), bytes.AsSpan(b * width, width).ToArray());
            if (!first.AsSpan().SequenceEqual(second))
            {
                second.CopyTo(bytes, a * width);
                first.CopyTo(bytes, b * width);
                tensor.RawData = ByteString.CopyFrom(bytes);
                return new(
                    Mutation.RowsSwapped, $"rows {a} and {b} of '{tensor.Name}'", $"two rows of {Place(tensor)}");
            }
        }
    }

    private static int CountOf(TensorProto tensor) => (int)tensor.Dims.Aggregate(1L, (count, size) => count * size);

    private static string Place(TensorProto tensor) =>
        tensor.Name.Contains("scale", StringComparison.Ordinal) ? "a scale"
        : tensor.Name.StartsWith("const", StringComparison.Ordinal) ? $"the constant {tensor.Name}"
        : $"weights in {((DataType)tensor.DataType).ToString().ToLowerInvariant()}";

    // One of the matrices and stacks of matrices, its bytes, and the bytes of a row.
    private static (TensorProto Tensor, byte[] Bytes, int Width) Table(ModelProto model, Random random)
    {
        var tables = model.Graph.Initializer.Where(tensor => tensor.Dims.Count >= 2).ToList();
        var chosen = tables[random.Next(tables.Count)];
        var bytes = chosen.RawData.ToByteArray();
        return (chosen, bytes, bytes.Length / CountOf(chosen) * (int)chosen.Dims[^1]);
    }

    private static byte[] Values(DataType type, int width, Random random)
    {
        var bytes = new byte[width];
        switch (type)
        {
            case DataType.Float:
                MemoryMarshal.Cast<byte, float>(bytes.AsSpan()).Fill((float)((random.NextDouble() * 2) - 1));
                break;
            case DataType.Float16:
                MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()).Fill((Half)((random.NextDouble() * 2) - 1));
                break;
            default:
                random.NextBytes(bytes);
                break;
        }

        return bytes;
    }
}
