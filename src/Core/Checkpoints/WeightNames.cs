namespace OnnxSentiment.Core;

/// <summary>
/// The names of the weights in a checkpoint: PyTorch's, so that its <c>load_state_dict</c> takes them.
/// </summary>
public static class WeightNames
{
    /// <summary>Word vectors, <c>[vocabulary, embedding]</c>.</summary>
    public const string Embedding = "embedding.weight";

    /// <summary>The bias b of a bag's hidden layer, whose matrix is the embedding, <c>[embedding]</c>.</summary>
    public const string HiddenBias = "hidden.bias";

    /// <summary>The attention's matrix W, <c>[output, output]</c>.</summary>
    public const string AttentionProjection = "attention.projection.weight";

    /// <summary>The attention's bias b, <c>[output]</c>.</summary>
    public const string AttentionProjectionBias = "attention.projection.bias";

    /// <summary>The attention's context vector u, <c>[1, output]</c>.</summary>
    public const string AttentionContext = "attention.context.weight";

    /// <summary>The last layer's matrix, <c>[outputs, readout]</c>.</summary>
    public const string Classifier = "classifier.weight";

    /// <summary>The last layer's bias, <c>[outputs]</c>.</summary>
    public const string ClassifierBias = "classifier.bias";

    /// <summary>The four names of one direction of one recurrent layer.</summary>
    public static RecurrentWeightNames Recurrent(int layer, bool reverse)
    {
        var suffix = $"_l{layer}{(reverse ? "_reverse" : "")}";
        return new(
            $"recurrent.weight_ih{suffix}", $"recurrent.weight_hh{suffix}",
            $"recurrent.bias_ih{suffix}", $"recurrent.bias_hh{suffix}");
    }
}

/// <summary>
/// The names of the weights of one direction of one recurrent layer, gates stacked in the first dimension.
/// </summary>
/// <param name="InputWeights"><c>[gates·hidden, input]</c></param>
/// <param name="RecurrentWeights"><c>[gates·hidden, hidden]</c></param>
/// <param name="InputBias"><c>[gates·hidden]</c></param>
/// <param name="RecurrentBias"><c>[gates·hidden]</c></param>
public sealed record RecurrentWeightNames(
    string InputWeights, string RecurrentWeights, string InputBias, string RecurrentBias);
