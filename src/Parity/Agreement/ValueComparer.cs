using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>Compares values of two files, also where one has them in a coarser precision.</summary>
internal sealed class ValueComparer(Tolerance tolerance, string actualName, string expectedName)
{
    private readonly TensorComparer _comparer = new(tolerance, actualName, expectedName);

    /// <summary>Whether both are of one kind: real numbers, integers, Booleans or strings.</summary>
    internal static bool AreOfOneKind(NamedTensor a, NamedTensor b) =>
        a.TypeName == b.TypeName || (IsNumber(a) && IsNumber(b) && a.IsExact == b.IsExact);

    internal TensorComparison Compare(NamedTensor actual, NamedTensor expected) =>
        actual.TypeName != expected.TypeName && AreOfOneKind(actual, expected)
            ? _comparer.Compare(Widen(actual), Widen(expected))
            : _comparer.Compare(actual, expected);

    /// <summary>How the differences are spread; null for strings and for tensors of different shapes.</summary>
    internal static DifferenceSpread? SpreadOf(NamedTensor actual, NamedTensor expected) =>
        AreOfOneKind(actual, expected) && actual.TypeName != "string" && actual.Shape.SequenceEqual(expected.Shape)
            ? DifferenceSpread.Of(actual.ToDoubles(), expected.ToDoubles())
            : null;

    private static bool IsNumber(NamedTensor tensor) => tensor.TypeName is not ("string" or "bool");

    private static NamedTensor Widen(NamedTensor tensor) => TensorValues.Convert(
        tensor, tensor.Name, tensor.IsExact ? DataType.Int64 : DataType.Double);
}
