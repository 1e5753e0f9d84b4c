using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>An input of a graph as the file declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">The type of its elements.</param>
/// <param name="Shape">The dimensions; null where even their number is not declared.</param>
internal sealed record GraphInput(string Name, DataType Element, IReadOnlyList<Dimension>? Shape)
{
    /// <summary>The inputs that a caller has to give.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="InvalidInputException">One is no tensor, or of a type that is not taken.</exception>
    internal static IReadOnlyList<GraphInput> AllOf(ModelProto model, string file) =>
        [.. GraphScope.InputsOf(model.Graph).Select(info => Of(info, file))];

    /// <summary>For messages: <c>'x' float [batch, 3]</c>.</summary>
    public override string ToString() =>
        $"'{Name}' {NameOf(Element)} {(Shape is null ? "[...]" : $"[{string.Join(", ", Shape)}]")}";

    /// <summary>The standard's name of a type, in lower case.</summary>
    internal static string NameOf(DataType type) => type.ToString().ToLowerInvariant();

    private static GraphInput Of(ValueInfoProto info, string file)
    {
        if (info.Type?.TensorType is not { } tensor)
        {
            throw new InvalidInputException(
                $"The input '{info.Name}' of {file} is {KindOf(info.Type)}, but only tensors can be given: " +
                "export the model with tensors as inputs.");
        }

        var element = (DataType)tensor.ElemType;
        return TensorValues.IsTaken(element)
            ? new(info.Name, element, ValueInfos.ShapeOf(tensor))
            : throw new InvalidInputException(
                $"The input '{info.Name}' of {file} is of {NameOf(element)}, but {TensorValues.Taken} was expected.");
    }

    private static string KindOf(TypeProto? type) => type?.ValueCase switch
    {
        TypeProto.ValueOneofCase.SequenceType => "a sequence",
        TypeProto.ValueOneofCase.MapType => "a map",
        TypeProto.ValueOneofCase.OptionalType => "optional",
        TypeProto.ValueOneofCase.SparseTensorType => "a sparse tensor",
        _ => "of no known type",
    };
}
