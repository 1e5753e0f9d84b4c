namespace OnnxSentiment.Core.Models;

/// <summary>The names of the inputs and outputs of an exported model.</summary>
public static class GraphNames
{
    /// <summary>Input: token ids, int64 <c>[batch, sequence]</c>, padded with 0 on the right.</summary>
    public const string InputIds = "input_ids";

    /// <summary>Output: the classifier's output before the sigmoid, float <c>[batch, 1]</c>.</summary>
    public const string Logit = "logit";

    /// <summary>Output: the probability of the second label, float <c>[batch, 1]</c>.</summary>
    public const string Probability = "probability";

    /// <summary>The symbolic dimension that counts texts.</summary>
    public const string BatchDimension = "batch";

    /// <summary>The symbolic dimension that counts ids.</summary>
    public const string SequenceDimension = "sequence";
}
