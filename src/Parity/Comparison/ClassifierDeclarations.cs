using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>Whether a classifier's graph returns the types and shapes that it declares.</summary>
internal static class ClassifierDeclarations
{
    // Batch and length, unequal and 1 in each place, so that a dimension in the place of another shows.
    private static readonly (int Batch, int Length)[] Sizes = [(2, 3), (1, 7), (5, 1)];

    /// <summary>The first value that is declared wrongly, in a sentence; null where none is.</summary>
    /// <param name="model">A graph that reads ids or texts.</param>
    /// <exception cref="InvalidInputException">ONNX Runtime refuses the graph.</exception>
    internal static string? FirstProblem(ModelProto model)
    {
        using var check = new DeclaredCheck(model);
        foreach (var (batch, length) in Sizes)
        {
            var input = TextInputs.AreReadBy(model) ? Texts(batch, length) : Ids(batch, length);
            if (check.FirstDifference([input]) is { } difference)
            {
                return $"The file's value '{difference.Value}' is {difference.Description}.";
            }
        }

        return null;
    }

    private static NamedTensor Ids(int batch, int length)
    {
        var ids = new long[batch * length];
        Array.Fill(ids, Vocabulary.UnknownId);
        return new(GraphNames.InputIds, [batch, length], ids);
    }

    private static NamedTensor Texts(int batch, int length)
    {
        var texts = new string[batch];
        Array.Fill(texts, string.Join(' ', Enumerable.Repeat("word", length)));
        return new(GraphNames.Text, [batch], texts);
    }
}
