namespace OnnxSentiment.Parity;

/// <summary>Where an initializer holds a tensor of the checkpoint.</summary>
/// <param name="Tensor">The checkpoint's tensor, a matrix or a vector; a vector has one column.</param>
/// <param name="Offset">From a row and a column to the place in the initializer, row by row.</param>
internal sealed record WeightPlace(string Tensor, Func<int, int, int> Offset)
{
    /// <summary>A tensor that is stored as it is.</summary>
    internal static WeightPlace Same(string tensor, int columns) =>
        new(tensor, (row, column) => (row * columns) + column);

    /// <summary>A matrix of which columns are stored as rows.</summary>
    internal static WeightPlace Transposed(string tensor, int rows) =>
        new(tensor, (row, column) => (column * rows) + row);
}
