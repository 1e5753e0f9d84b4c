using OnnxSentiment.Core.Models;

namespace OnnxSentiment.Trainer.Training;

/// <summary>Labelled texts as the network sees them.</summary>
/// <param name="Ids">Token ids of each text, without padding.</param>
/// <param name="Targets">
/// What the network is to say of each text, a number for each of its outputs (<see cref="LabelScores.OutputsFor"/>): with two
/// labels the probability of the second, with more that of each.
/// </param>
public sealed record EncodedTexts(IReadOnlyList<long[]> Ids, IReadOnlyList<float[]> Targets)
{
    /// <summary>The number of texts.</summary>
    public int Count => Ids.Count;

    /// <summary>The target of a text whose label is certain.</summary>
    /// <param name="label">The label's position.</param>
    /// <param name="labels">The number of labels.</param>
    internal static float[] CertainTarget(int label, int labels)
    {
        var target = new float[LabelScores.OutputsFor(labels)];
        for (var output = 0; output < target.Length; output++)
        {
            target[output] = label == (target.Length == 1 ? 1 : output) ? 1 : 0;
        }

        return target;
    }
}
