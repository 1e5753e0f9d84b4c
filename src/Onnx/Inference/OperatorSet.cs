using OnnxSentiment.Core;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The operators that graphs of one opset are built of, those of <see cref="Domains.MachineLearning"/> and
/// <see cref="Domains.Microsoft"/> included. Immutable and thread-safe.
/// </summary>
public sealed class OperatorSet
{
    /// <exception cref="InvalidInputException">The opset is not supported.</exception>
    internal OperatorSet(OperatorTable table, int opset) => (Table, Opset) = (table, Onnx.Opset.Validated(opset));

    /// <summary>The version of the standard's operator set.</summary>
    public int Opset { get; }

    internal OperatorTable Table { get; }

    /// <summary>Whether the opset has an operator.</summary>
    public bool Contains(string op) => Table.Find(op, Opset) is not null;

    /// <summary>The signature of an operator.</summary>
    /// <exception cref="ArgumentException">The opset does not have it.</exception>
    internal OperatorDefinition Get(string op) => Table.Find(op, Opset) ?? throw new ArgumentException(
        $"Opset {Opset} has no operator '{op}'; known are {string.Join(", ", Table.Names.Where(Contains))}.",
        nameof(op));
}
