using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Facts about the standard's element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bits of an element in <c>raw_data</c>, or null where it has no fixed size or is not known.</summary>
    internal static int? Bits(int type) => (DataType)type switch
    {
        DataType.Int2 or DataType.Uint2 => 2,
        DataType.Int4 or DataType.Uint4 or DataType.Float4E2M1 => 4,
        DataType.Bool or DataType.Int8 or DataType.Uint8 or DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz
            or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz or DataType.Float8E8M0 => 8,
        DataType.Int16 or DataType.Uint16 or DataType.Float16 or DataType.Bfloat16 => 16,
        DataType.Int32 or DataType.Uint32 or DataType.Float => 32,
        DataType.Int64 or DataType.Uint64 or DataType.Double or DataType.Complex64 => 64,
        DataType.Complex128 => 128,
        _ => null,
    };

    /// <summary>The standard's name in lower case, or the number of a type that is not known.</summary>
    internal static string NameOf(int type) =>
        Enum.IsDefined((DataType)type) ? ((DataType)type).ToString().ToLowerInvariant() : $"type {type}";

    /// <summary>Whether a tensor can have such elements: numbers, Booleans or strings.</summary>
    internal static bool IsElement(int type) => Bits(type) is not null || type == (int)DataType.String;

    internal static bool IsReal(DataType type) =>
        type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    internal static bool IsNumber(DataType type) => IsReal(type) || IsInteger(type);

    internal static bool IsSigned(DataType type) =>
        IsReal(type) || type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64;

    internal static bool IsIndex(DataType type) => type is DataType.Int32 or DataType.Int64;

    private static bool IsInteger(DataType type) =>
        type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64
            or DataType.Uint8 or DataType.Uint16 or DataType.Uint32 or DataType.Uint64;
}
