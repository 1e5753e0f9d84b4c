namespace OnnxSentiment.OnnxExporter;

/// <summary>Weights rearranged while a graph is built, so that no run of the model has to.</summary>
internal static class Matrices
{
    /// <summary>Rows become columns.</summary>
    internal static float[] Transpose(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        var transposed = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
            }
        }

        return transposed;
    }
}
