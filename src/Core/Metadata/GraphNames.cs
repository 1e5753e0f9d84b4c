namespace OnnxSentiment.Core;

/// <summary>The names of the inputs and outputs of an exported model.</summary>
public static class GraphNames
{
    /// <summary>Input: token ids, int64 <c>[batch, sequence]</c>, padded with 0 on the right.</summary>
    public const string InputIds = "input_ids";

    /// <summary>Input of a model that tokenizes itself: texts, string <c>[batch]</c>.</summary>
    public const string Text = "text";

    /// <summary>Output of a model that tokenizes itself: the name of the class, string <c>[batch]</c>.</summary>
    public const string Label = "label";

    /// <summary>
    /// Output: the classifier's outputs, float <c>[batch, outputs]</c>; see <see cref="LabelScores"/>.
    /// </summary>
    public const string Logit = "logit";

    /// <summary>
    /// Output: the probability of the second of two labels, of more those of each, float <c>[batch, outputs]</c>.
    /// </summary>
    public const string Probability = "probability";

    /// <summary>The symbolic dimension that counts texts.</summary>
    public const string BatchDimension = "batch";

    /// <summary>The symbolic dimension that counts ids.</summary>
    public const string SequenceDimension = "sequence";
}
