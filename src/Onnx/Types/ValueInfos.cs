using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Makes the messages that declare a value's type and shape.</summary>
public static class ValueInfos
{
    /// <summary>Declares a tensor.</summary>
    public static ValueInfoProto Create(string name, DataType type, params ReadOnlySpan<Dimension> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var dimension in shape)
        {
            dimensions.Dim.Add(ToProto(dimension));
        }

        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    /// <summary>The dimensions of a tensor's type, or null where even their number is unknown.</summary>
    public static Dimension[]? ShapeOf(TypeProto.Types.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Shape?.Dim.Select(FromProto).ToArray();
    }

    private static TensorShapeProto.Types.Dimension ToProto(Dimension dimension)
    {
        var proto = new TensorShapeProto.Types.Dimension();
        if (dimension.Size is { } size)
        {
            proto.DimValue = size;
        }
        else if (dimension.Symbol is { } symbol)
        {
            proto.DimParam = symbol;
        }

        return proto;
    }

    private static Dimension FromProto(TensorShapeProto.Types.Dimension proto) => proto.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => proto.DimValue,
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when proto.DimParam.Length > 0 => proto.DimParam,
        _ => Dimension.Unknown,
    };
}
