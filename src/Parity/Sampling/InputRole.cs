using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>What a graph does with an input, as far as its nodes show.</summary>
internal sealed record InputRole
{
    /// <summary>Rows of the smallest table that the input picks from; null where it picks from none.</summary>
    internal long? Rows { get; init; }

    /// <summary>The constant that holds the table; null where that is computed.</summary>
    internal TensorProto? Table { get; init; }

    /// <summary>Whether it says how long sequences are.</summary>
    internal bool IsLength { get; init; }

    /// <summary>Whether it says what counts, by 1 and 0.</summary>
    internal bool IsMask { get; init; }

    /// <summary>Whether it becomes a size or a position.</summary>
    internal bool IsSize { get; init; }

    /// <summary>The constants that it is compared with.</summary>
    internal IReadOnlyList<double> Choices { get; init; } = [];
}
